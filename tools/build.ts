import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildConsole } from './build-console.ts'
import { runTool } from './checks/run-tool.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Makes what is published: JavaScript and declarations of both packages, the console inside the program's. */
for (const name of ['latchkey', 'server']) {
  const folder = `${root}packages/${name}`
  rmSync(`${folder}/dist`, { recursive: true, force: true })
  const { status, output } = await runTool(root, 'typescript/lib/tsc.js', [
    '-p',
    `${folder}/tsconfig.build.json`,
  ])
  process.stdout.write(output)
  if (status !== 0) process.exitCode = status
}
await buildConsole(root)
cpSync(`${root}apps/console/dist`, `${root}packages/server/dist/console`, {
  recursive: true,
  // The stamp of the build tells only this tree something.
  filter: (path) => !path.endsWith('/.inputs'),
})
process.stdout.write('Built packages/latchkey/dist, packages/server/dist and apps/console/dist.\n')
