import { Command, CommanderError } from 'commander'
import { LatchkeyError } from 'latchkey'
import { ConfigurationError } from '../configuration/configuration-error.ts'
import { programVersion } from '../program/program-version.ts'
import { StartError } from '../program/start-error.ts'
import { alertsCommand } from './alerts.ts'
import { analyticsCommand } from './analytics.ts'
import { apiKeysCommand } from './api-keys.ts'
import { auditCommand } from './audit.ts'
import { cleanupCommand } from './cleanup.ts'
import type { CommandContext } from './command-context.ts'
import { CommandFailure } from './command-failure.ts'
import { configCommand } from './config.ts'
import { demoCommand } from './demo.ts'
import { detectorsCommand } from './detectors.ts'
import { doctorCommand } from './doctor.ts'
import { keysCommand } from './keys.ts'
import { migrateCommand } from './migrate.ts'
import { mutesCommand } from './mutes.ts'
import { openapiCommand } from './openapi.ts'
import { policyCommand } from './policy.ts'
import { reportsCommand } from './reports.ts'
import { retentionCommand } from './retention.ts'
import { selftestCommand } from './selftest.ts'
import { serveCommand } from './serve.ts'
import { sessionsCommand } from './sessions.ts'
import { usersCommand } from './users.ts'

/** Every command. `latchkey` alone prints what there is. */
export function latchkeyCommand(context: CommandContext): Command {
  const program = new Command('latchkey')
    .description('Session management: who is signed in, on which device, from where.')
    .version(programVersion)
  for (const command of commands) program.addCommand(command(context))
  return program
}

const commands: readonly ((context: CommandContext) => Command)[] = [
  serveCommand,
  migrateCommand,
  doctorCommand,
  selftestCommand,
  demoCommand,
  sessionsCommand,
  cleanupCommand,
  retentionCommand,
  usersCommand,
  auditCommand,
  analyticsCommand,
  reportsCommand,
  alertsCommand,
  detectorsCommand,
  mutesCommand,
  policyCommand,
  apiKeysCommand,
  keysCommand,
  configCommand,
  openapiCommand,
]

/** Runs a command line and returns the exit status: 0 done, 1 failed, 2 wrong usage. Never throws. */
export async function runCommandLine(context: CommandContext, words: readonly string[]): Promise<number> {
  const program = latchkeyCommand(context)
  const output = {
    writeOut: (text: string) => context.stdout(text.trimEnd()),
    writeErr: (text: string) => context.stderr(text.trimEnd()),
  }
  for (const command of withSubcommands(program)) command.exitOverride().configureOutput(output)
  try {
    await program.parseAsync(words, { from: 'user' })
    return 0
  } catch (error) {
    return exitStatus(context, error)
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

function exitStatus(context: CommandContext, error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has printed its sentence already; help that was asked for is no error.
    return error.exitCode === 0 ? 0 : 2
  }
  context.stderr(sentence(error))
  if (error instanceof CommandFailure || error instanceof ConfigurationError) return error.exitStatus
  return error instanceof LatchkeyError && error.code === 'invalid-argument' ? 2 : 1
}

/** What is expected to fail says so in a sentence of its own; everything else is a defect, and says where. */
function sentence(error: unknown): string {
  for (const known of [CommandFailure, ConfigurationError, StartError, LatchkeyError]) {
    if (error instanceof known) return error.message
  }
  return `Latchkey failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : 'no reason known'}`
}
