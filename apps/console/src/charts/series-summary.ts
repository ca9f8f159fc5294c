import { type BucketInterval, bucketText } from '../moment/bucket-text.ts'
import { countText } from '../numbers/number-text.ts'
import type { TimePoint } from './time-point.ts'

/** A chart in a sentence: of each series its sum, and when it was highest. */
export function seriesSummary(
  name: string,
  series: readonly string[],
  points: readonly TimePoint[],
  interval: BucketInterval,
): string {
  const parts = series.map((line, index) => {
    const known = points.flatMap(({ start, values }) => {
      const value = values[index] ?? null
      return value === null ? [] : [{ start, value }]
    })
    if (known.length === 0) return `${line}: unknown`
    const sum = known.reduce((total, { value }) => total + value, 0)
    if (sum === 0) return `${line}: none`
    const peak = known.reduce((most, point) => (point.value > most.value ? point : most))
    return `${line}: ${countText(sum)}, most at ${bucketText(peak.start, interval)} with ${countText(peak.value)}`
  })
  return `${name}. ${parts.join('; ')}.`
}
