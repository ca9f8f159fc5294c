import { Command } from 'commander'
import { alertsChangeCommand } from './alerts-change.ts'
import { alertsListCommand } from './alerts-list.ts'
import { alertsShowCommand } from './alerts-show.ts'
import type { CommandContext } from './command-context.ts'

/** `latchkey alerts list | show | change`. */
export function alertsCommand(context: CommandContext): Command {
  return new Command('alerts')
    .description('what detectors noticed, and what was made of it')
    .addCommand(alertsListCommand(context))
    .addCommand(alertsShowCommand(context))
    .addCommand(alertsChangeCommand(context))
}
