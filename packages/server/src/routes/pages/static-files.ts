import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { getMimeType } from 'hono/utils/mime'

/** A file that is sent as it is. */
export interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly etag: string
  /** Its name holds a hash of its content: browsers may keep it for good. */
  readonly isHashed: boolean
  /** The body in gzip; made when it is asked for first. Null where that would gain nothing. */
  gzip(): Uint8Array<ArrayBuffer> | null
}

/** By path from the folder, with `/` between: `assets/index-Bx1.js`. Whatever a request asks for, nothing else is ever read. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

/** `index-C4f2d9Xa.js`, as Vite names what it builds. */
const hashedName = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/

/** Reads a folder into memory, once. Empty where there is no such folder. */
export function readStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return files
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    files.set(name, staticFile(name, readFileSync(path)))
  }
  return files
}

export function staticFile(name: string, content: Uint8Array | string): StaticFile {
  const body = new Uint8Array(Buffer.from(content))
  const type = getMimeType(name) ?? 'application/octet-stream'
  let zipped: Uint8Array<ArrayBuffer> | null = null
  return {
    body,
    type,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    isHashed: hashedName.test(name) && name.startsWith('assets/'),
    gzip: () => {
      if (body.byteLength < 1_024 || !/^text\/|javascript|json|svg/.test(type)) return null
      zipped ??= new Uint8Array(gzipSync(body))
      return zipped
    },
  }
}
