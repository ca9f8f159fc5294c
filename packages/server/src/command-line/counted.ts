import type { CommandContext } from './command-context.ts'

/** To the line above, and clear it. */
const overwriteLine = '\u001b[1A\u001b[2K'

/** Between two lines where nobody watches. */
const piped = 100_000

/** Shows how far something has come: one line that changes, on a terminal; a line now and then otherwise. */
export function counted(context: CommandContext, what: string): (count: number) => void {
  let shown = 0
  return (count) => {
    if (count < shown + (context.isTerminal ? 1 : piped)) return
    context.stderr(`${context.isTerminal && shown > 0 ? overwriteLine : ''}${what}: ${count}`)
    shown = count
  }
}
