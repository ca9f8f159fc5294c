/**
 * How each series of a chart is told from the others: by its colour, which those who see few colours can tell apart,
 * and by its stroke. The colours are those of the theme.
 */
export interface SeriesLook {
  readonly colour: string
  /** Of the stroke, as SVG has it; undefined: an unbroken line. */
  readonly dashes: string | undefined
}

const looks: readonly SeriesLook[] = [
  { colour: 'var(--chart-1)', dashes: undefined },
  { colour: 'var(--chart-2)', dashes: '6 3' },
  { colour: 'var(--chart-3)', dashes: '2 3' },
  { colour: 'var(--chart-4)', dashes: '9 3 2 3' },
  { colour: 'var(--chart-5)', dashes: '1 4' },
  { colour: 'var(--chart-6)', dashes: '12 4' },
]

/** The most series that can be told apart. */
export const mostSeries: number = looks.length

const rest: SeriesLook = { colour: 'var(--muted)', dashes: '3 3' }

export function seriesLook(index: number): SeriesLook {
  return looks[index] ?? rest
}
