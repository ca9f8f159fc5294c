import { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { sessionsCutOffCommand } from './sessions-cut-off.ts'
import { sessionsListCommand } from './sessions-list.ts'
import { sessionsRevokeCommand } from './sessions-revoke.ts'

/** `latchkey sessions list | revoke | cut-off`. */
export function sessionsCommand(context: CommandContext): Command {
  return new Command('sessions')
    .description('look at sessions and end them')
    .addCommand(sessionsListCommand(context))
    .addCommand(sessionsRevokeCommand(context))
    .addCommand(sessionsCutOffCommand(context))
}
