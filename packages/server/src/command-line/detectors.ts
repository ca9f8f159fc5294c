import { Command } from 'commander'
import type { CommandContext } from './command-context.ts'
import { detectorsBacktestCommand } from './detectors-backtest.ts'
import { detectorsListCommand } from './detectors-list.ts'
import { detectorsSetCommand } from './detectors-set.ts'

/** `latchkey detectors list | set | backtest`. */
export function detectorsCommand(context: CommandContext): Command {
  return new Command('detectors')
    .description('what is looked for, and what happens then')
    .addCommand(detectorsListCommand(context))
    .addCommand(detectorsSetCommand(context))
    .addCommand(detectorsBacktestCommand(context))
}
