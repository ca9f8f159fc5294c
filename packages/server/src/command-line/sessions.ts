import { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { sessionsCountCommand } from './sessions-count.ts'
import { sessionsCutOffCommand } from './sessions-cut-off.ts'
import { sessionsExportCommand } from './sessions-export.ts'
import { sessionsListCommand } from './sessions-list.ts'
import { sessionsRevokeCommand } from './sessions-revoke.ts'

/** `latchkey sessions list | count | export | revoke | cut-off`. */
export function sessionsCommand(context: CommandContext): Command {
  return new Command('sessions')
    .description('look at sessions and end them')
    .addCommand(sessionsListCommand(context))
    .addCommand(sessionsCountCommand(context))
    .addCommand(sessionsExportCommand(context))
    .addCommand(sessionsRevokeCommand(context))
    .addCommand(sessionsCutOffCommand(context))
}
