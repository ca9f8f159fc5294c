import type { Measured } from './interleave.ts'

/** One contestant's line. */
export interface Line {
  readonly name: string
  readonly cells: readonly string[]
}

export function markdownTable(heads: readonly string[], lines: readonly Line[]): string {
  return [
    `| | ${heads.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(heads.length)}`,
    ...lines.map(({ name, cells }) => `| ${name} | ${cells.join(' | ')} |`),
  ].join('\n')
}

/** Operations a second, with the ratio to the first, which is the limit. */
export function operations(
  measured: readonly Measured[],
  unit = 'operations/s',
  first = 'of the limit',
): string {
  const limit = measured[0]?.perSecond.median ?? Number.NaN
  return markdownTable(
    [unit, 'lowest – highest', first],
    measured.map(({ name, perSecond }) => ({
      name,
      cells: [
        number(perSecond.median),
        `${number(perSecond.lowest)} – ${number(perSecond.highest)}`,
        ratio(perSecond.median / limit),
      ],
    })),
  )
}

/** How many times as quick the median of the one is; undefined where either was not measured. */
export function timesAsQuick(measured: readonly Measured[], one: string, other: string): number | undefined {
  const of = (name: string) => measured.find((each) => each.name === name)?.perSecond.median
  const [above, below] = [of(one), of(other)]
  return above === undefined || below === undefined ? undefined : above / below
}

export function ratio(value: number): string {
  return value.toFixed(value < 0.1 ? 3 : value < 20 ? 2 : 0)
}

export function number(value: number): string {
  return Math.round(value).toLocaleString('en')
}
