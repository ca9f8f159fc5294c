import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Beside the benchmark, on the disk that is measured: the system's own temporary folder may be memory. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const parent = join(import.meta.dirname, '../.latchkey')
  mkdirSync(parent, { recursive: true })
  const path = mkdtempSync(join(parent, 'measured-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
