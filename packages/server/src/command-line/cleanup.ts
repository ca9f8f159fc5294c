import type { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { report } from './report.ts'
import { runOnExisting } from './run-on-existing.ts'
import { type StandardOptions, standardCommand } from './standard-options.ts'

/** `latchkey cleanup`: what a running server does by itself, done now. */
export function cleanupCommand(context: CommandContext): Command {
  return standardCommand('cleanup', 'end expired sessions and forget old ones').action(
    async (options: StandardOptions) => {
      await runOnExisting(context, options, async ({ sessions }) => {
        const ended = await sessions.cleanupExpiredSessions()
        const forgotten = await sessions.forgetEndedSessions()
        report(context, options, {
          json: { ended, forgotten },
          lines: [
            `Ended because they were past their deadline: ${ended}`,
            `Forgotten because they ended too long ago: ${forgotten}`,
          ],
        })
      })
    },
  )
}
