import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildConsole } from '../tools/build-console.ts'

/** The program serves the built console: it is made before the first whole-system test, where it is not current. */
export async function setup(): Promise<void> {
  if (existsSync(fileURLToPath(new URL('../apps/console/index.html', import.meta.url)))) await buildConsole()
}
