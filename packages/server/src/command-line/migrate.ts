import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { report } from './report.ts'
import { runWithProgram } from './run-with-program.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey migrate`: brings the schema up to date. Opening the database does it, one process at a time. */
export function migrateCommand(context: CommandContext): Command {
  return standardCommand('migrate', 'bring the database schema up to date').action(
    async (options: StandardOptions) => {
      await runWithProgram(context, options, async (program) => {
        await program.sessions.ping()
        await program.ping()
        const { databaseUrl } = program.settings
        report(context, options, {
          json: { migrated: true, database_url: databaseUrl },
          lines: [`The schema of ${databaseUrl} is up to date.`],
        })
      })
    },
  )
}
