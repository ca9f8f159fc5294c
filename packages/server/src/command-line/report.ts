import type { CommandContext } from './command-context.ts'

/** What a command found out: once for programs, once for people. */
export interface CommandResult {
  /** The one object that `--json` prints. */
  readonly json: Readonly<Record<string, unknown>>
  /** What is printed otherwise. */
  readonly lines: readonly string[]
}

/** Prints the result on stdout in the form that was asked for. */
export function report(
  context: CommandContext,
  options: { readonly json?: boolean },
  result: CommandResult,
): void {
  if (options.json) context.stdout(JSON.stringify(result.json))
  else for (const line of result.lines) context.stdout(harmless(line))
}

/** What moves the cursor of a terminal, begins another line, or turns the direction of what follows. */
const controls = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** Names come from host back ends, and from whoever chose them there: none may pass for a line of its own. */
function harmless(line: string): string {
  return line.replace(controls, '\ufffd')
}

/** Rows as columns of equal width, for people; two spaces between columns. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length)
    })
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
