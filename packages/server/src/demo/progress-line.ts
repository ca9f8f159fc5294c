import type { CommandContext } from '../command-line/command-context.ts'

/** To the line above, and clear it. */
const overwriteLine = '\u001b[1A\u001b[2K'

/** Shows how far the work has got: one line that changes, on a terminal; a line each quarter otherwise. */
export function progressLine(context: CommandContext, label: string): (done: number, total: number) => void {
  const step = context.isTerminal ? 1 : 25
  let shown = 0
  return (done, total) => {
    const percent = Math.floor((done / total) * 100)
    if (percent < shown + step) return
    const isFirst = shown === 0
    shown = percent - (percent % step)
    context.stderr(`${context.isTerminal && !isFirst ? overwriteLine : ''}${label}: ${shown} %`)
  }
}
