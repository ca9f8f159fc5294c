import { type BucketInterval, bucketText } from '../moment/bucket-text.ts'
import { countText } from '../numbers/number-text.ts'
import type { TimePoint } from './time-point.ts'

/** Whether what a series counts can be added up: who is seen in two hours is one and the same. */
export type SeriesTotal = 'sum' | 'none'

/** A chart in a sentence: of each series its sum, where it has one, and when it was highest. */
export function seriesSummary(
  name: string,
  series: readonly string[],
  points: readonly TimePoint[],
  interval: BucketInterval,
  total: SeriesTotal = 'sum',
): string {
  const parts = series.map((line, index) => {
    const known = points.flatMap(({ start, values }) => {
      const value = values[index] ?? null
      return value === null ? [] : [{ start, value }]
    })
    if (known.length === 0) return `${line}: unknown`
    const sum = known.reduce((before, { value }) => before + value, 0)
    if (sum === 0) return `${line}: none`
    const peak = known.reduce((most, point) => (point.value > most.value ? point : most))
    const most = `most at ${bucketText(peak.start, interval)} with ${countText(peak.value)}`
    return total === 'none' ? `${line}: ${most}` : `${line}: ${countText(sum)}, ${most}`
  })
  return `${name}. ${parts.join('; ')}.`
}
