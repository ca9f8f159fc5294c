import { buildConsole } from './build-console.ts'

const built = await buildConsole().catch((error: Error) => error)
if (built instanceof Error) {
  process.stderr.write(`The console cannot be built: ${built.message}\n`)
  process.exitCode = 1
} else {
  // The program reads its own command line: what stood behind `npm start --` goes to `serve`.
  process.argv.splice(2, 1, 'serve')
  // The type check sees the program as a project of its own.
  const program = '../packages/server/src/main.ts'
  await import(program)
}
