import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Beside the benchmark, on the disk that is measured: the system's own temporary folder may be memory. */
const parent = join(import.meta.dirname, '../.latchkey')

const anHour = 3_600_000

export function temporaryFolder(): { readonly path: string; remove(): void } {
  mkdirSync(parent, { recursive: true })
  const path = mkdtempSync(join(parent, 'measured-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** What runs that were broken off have left; another run may be under way, so nothing young is touched. */
export function removeLeftFolders(): void {
  mkdirSync(parent, { recursive: true })
  for (const name of readdirSync(parent).filter((each) => each.startsWith('measured-'))) {
    const path = join(parent, name)
    if (Date.now() - statSync(path).mtimeMs > anHour) rmSync(path, { recursive: true, force: true })
  }
}
