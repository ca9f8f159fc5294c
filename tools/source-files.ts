import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What is made, fetched or private: never a source. */
const skippedFolders = new Set(['node_modules', 'dist', 'coverage', '.git', '.latchkey', '.vite'])

/** Every file below `folder` that people wrote, as paths relative to `root` with forward slashes, sorted. */
export function sourceFiles(root: string, folder = '.'): string[] {
  const found: string[] = []
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name)
      if (entry.isDirectory() && !skippedFolders.has(entry.name)) visit(path)
      else if (entry.isFile()) found.push(relative(root, path).replaceAll('\\', '/'))
    }
  }
  visit(join(root, folder))
  return found.sort()
}

export function isTypeScript(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path)
}
