import type { CommandContext } from './command-context.ts'

/** To the line above, and clear it. */
const overwriteLine = '\u001b[1A\u001b[2K'

/** Values between two lines where nobody watches. */
const piped = 100_000

/** Shows how many values have been sealed: one line that changes, on a terminal; a line now and then otherwise. */
export function sealingProgress(context: CommandContext): (table: string, values: number) => void {
  let [sealed, shown] = [0, 0]
  return (_table, values) => {
    sealed += values
    if (sealed < shown + (context.isTerminal ? 1 : piped)) return
    context.stderr(`${context.isTerminal && shown > 0 ? overwriteLine : ''}Values sealed: ${sealed}`)
    shown = sealed
  }
}
