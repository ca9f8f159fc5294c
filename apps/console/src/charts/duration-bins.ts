import type { AnalyticsDurations } from 'latchkey/client'
import { durationText, shortDuration } from '../numbers/duration-text.ts'
import type { HistogramBin } from './histogram.tsx'

/** A bar for each bucket of the API's histogram, which are sorted; empty ones at both ends are left out. */
export function binsOf(histogram: AnalyticsDurations['histogram']): HistogramBin[] {
  const first = histogram.findIndex(({ count }) => count > 0)
  const last = histogram.findLastIndex(({ count }) => count > 0)
  if (first === -1) return []
  return histogram.slice(first, last + 1).map(({ up_to: to, count }, index) => {
    const from = histogram[first + index - 1]?.up_to ?? null
    return { ...named(from, to), count }
  })
}

function named(from: number | null, to: number | null): Pick<HistogramBin, 'name' | 'short'> {
  if (to === null) {
    const least = from ?? 0
    return { name: `over ${durationText(least)}`, short: `> ${shortDuration(least)}` }
  }
  if (from === null) return { name: `under ${durationText(to)}`, short: `< ${shortDuration(to)}` }
  return { name: `${durationText(from)} to ${durationText(to)}`, short: shortDuration(to) }
}
