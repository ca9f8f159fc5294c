import { locale } from './english.ts'
import { shortDay } from './exact-moment.ts'

const hourOfDay = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' })
const dayAndHour = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

export type BucketInterval = 'hour' | 'day'

const lengths: Record<BucketInterval, number> = { hour: 3_600_000, day: 86_400_000 }

/** `28 Nov, 14:00` in the reader's zone for an hour; `28 Nov` for a day, which is one of UTC. */
export function bucketText(start: string, interval: BucketInterval): string {
  return interval === 'day' ? shortDay(start.slice(0, 10)) : dayAndHour.format(new Date(start))
}

/** As short as an axis has room for: `14:00`, and the day of the week at midnight. */
export function axisText(start: string, interval: BucketInterval): string {
  if (interval === 'day') return shortDay(start.slice(0, 10))
  const at = new Date(start)
  return at.getHours() === 0 ? weekday.format(at) : hourOfDay.format(at)
}

/** When the bucket is over. */
export function bucketEnd(start: string, interval: BucketInterval): string {
  return new Date(Date.parse(start) + lengths[interval]).toISOString()
}

/** The buckets that an axis names: full quarters of the reader's day among hours, evenly spread days. At most about 8. */
export function axisTicks(starts: readonly string[], interval: BucketInterval): string[] {
  const step = Math.max(1, Math.ceil(starts.length / 8))
  if (interval === 'day') return starts.filter((_, index) => (starts.length - 1 - index) % step === 0)
  const hours = [1, 2, 3, 6, 12, 24].find((size) => size >= step)
  if (hours === undefined) return starts.filter((_, index) => index % step === 0)
  return starts.filter((start) => new Date(start).getHours() % hours === 0)
}
