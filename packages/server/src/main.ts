import type { CommandContext } from './command-line/command-context.ts'
import { runCommandLine } from './command-line/program.ts'

// Whoever reads our output may stop at any time, as `head` does: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

const context: CommandContext = {
  stdout: (line) => process.stdout.write(`${line}\n`),
  stderr: (line) => process.stderr.write(`${line}\n`),
  isTerminal: Boolean(process.stderr.isTTY),
  environment: process.env,
  workingDirectory: process.cwd(),
}

process.exitCode = await runCommandLine(context, process.argv.slice(2))

/** Everything is said by then; what a driver has left open would hold the process for as long as its server likes. */
const patienceMilliseconds = 1_000
setTimeout(() => process.exit(), patienceMilliseconds).unref()
