import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { conditionsOfOptions, type FilterOptions, filterMeaning } from './filtered-sessions.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey sessions count`: live ones, unless the filter says otherwise. */
export function sessionsCountCommand(context: CommandContext): Command {
  return standardCommand('count', 'count live sessions, or those of a filter')
    .option('--filter <text>', `those ${filterMeaning}`)
    .action(async (options: StandardOptions & FilterOptions) => {
      await runOnExisting(context, options, async (program) => {
        const count = await program.sessions.countSessions(
          await conditionsOfOptions(context, program, { filter: options.filter ?? '' }),
        )
        report(context, options, { json: { count }, lines: [String(count)] })
      })
    })
}
