import { hash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesOfWords, unpackWords } from './packed-words.ts'

const [begin, end] = ['networks-', '.packed']

/** What was kept of exactly these tables; null where nothing was, or it is damaged: it can be made again. */
export async function readPacked(
  paths: readonly string[],
  folder: string,
): Promise<Uint32Array<ArrayBuffer> | null> {
  try {
    const bytes = await readFile(join(folder, await nameFor(paths)))
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
    return unpackWords(words) === null ? null : words
  } catch {
    return null
  }
}

/** Keeps it, and forgets what was kept of tables before. A folder that cannot be written costs a second at each start. */
export async function keepPacked(
  paths: readonly string[],
  folder: string,
  packed: Uint32Array<ArrayBuffer>,
): Promise<void> {
  try {
    const name = await nameFor(paths)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const draft = join(folder, `${name}.${process.pid}`)
    await writeFile(draft, bytesOfWords(packed), { mode: 0o600 })
    await rename(draft, join(folder, name))
    const others = (await readdir(folder)).filter((other) => isKept(other) && other !== name)
    for (const other of others) await rm(join(folder, other), { force: true })
  } catch {
    return
  }
}

function isKept(name: string): boolean {
  return name.startsWith(begin) && name.endsWith(end)
}

/** Tables that were replaced have another size or another time. */
async function nameFor(paths: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    paths.map(async (path) => {
      const { size, mtimeMs } = await stat(path)
      return [path, size, mtimeMs]
    }),
  )
  return `${begin}${hash('sha256', JSON.stringify(stamps), 'hex').slice(0, 16)}${end}`
}
