import type { CommandContext } from './command-context.ts'
import { counted } from './counted.ts'

/** Shows how many values have been sealed. */
export function sealingProgress(context: CommandContext): (table: string, values: number) => void {
  const show = counted(context, 'Values sealed')
  let sealed = 0
  return (_table, values) => {
    sealed += values
    show(sealed)
  }
}
