import type { OverviewResponse } from 'latchkey/client'
import { bucketEnd } from '../moment/bucket-text.ts'

const hoursOfDay = 24
const day = 86_400_000

/** What `last_24_hours` counts: full hours, with the one that is going on. */
export function lastDayOf({ at, hours }: Pick<OverviewResponse, 'at' | 'hours'>): {
  readonly from: string
  readonly until: string
} {
  const counted = hours.slice(-hoursOfDay)
  const [first, last] = [counted[0], counted.at(-1)]
  if (first === undefined || last === undefined)
    return { from: new Date(Date.parse(at) - day).toISOString(), until: at }
  return { from: first.start, until: bucketEnd(last.start, 'hour') }
}
