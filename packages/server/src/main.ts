import type { CommandContext } from './command-line/command-context.ts'
import { runCommandLine } from './command-line/program.ts'

const context: CommandContext = {
  stdout: (line) => process.stdout.write(`${line}\n`),
  stderr: (line) => process.stderr.write(`${line}\n`),
  isTerminal: Boolean(process.stderr.isTTY),
  environment: process.env,
  workingDirectory: process.cwd(),
}

process.exitCode = await runCommandLine(context, process.argv.slice(2))
