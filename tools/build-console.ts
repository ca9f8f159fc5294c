import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sourceFiles } from './source-files.ts'

const repository = fileURLToPath(new URL('..', import.meta.url))

/** What the built console depends on. Versions of packages come in by the lock file. */
const inputs = ['apps/console', 'packages/latchkey/src/client', 'packages/latchkey/src/react']
const inputFiles = [
  'packages/latchkey/src/client.ts',
  'packages/latchkey/src/react.ts',
  'packages/latchkey/src/http-api/wire-types.ts',
  'package-lock.json',
]

/**
 * Builds the console where its inputs have changed since the last time, and returns whether it did. The stamp
 * is the last file written, so a build that was cut short is done again.
 */
export async function buildConsole(root: string = repository): Promise<'built' | 'current'> {
  const stamp = `${root}/apps/console/dist/.inputs`
  const fingerprint = fingerprintOf(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return 'current'
  // Vite takes half a second to load: only where there is something to build.
  const { build } = await import('vite')
  process.stderr.write('Building the console …\n')
  // A runner of tests sets it, and would bring React for developers in, with the paths of this machine.
  const earlier = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ root: `${root}/apps/console`, logLevel: 'warn' })
  } finally {
    if (earlier === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = earlier
  }
  writeFileSync(stamp, fingerprint)
  return 'built'
}

export function fingerprintOf(root: string): string {
  const hash = createHash('sha256')
  const files = [...inputs.flatMap((folder) => sourceFiles(root, folder)), ...inputFiles]
  for (const path of files) {
    if (/\.test\.tsx?$/.test(path) || !existsSync(`${root}/${path}`)) continue
    const content = readFileSync(`${root}/${path}`)
    hash.update(`${path}\0${content.byteLength}\0`).update(content)
  }
  return hash.digest('hex')
}
