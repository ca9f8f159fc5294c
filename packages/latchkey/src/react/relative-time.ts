const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** The distance in the largest unit that fits (`3 hours ago`, `in 2 weeks`); null when it is under a minute. */
export function relativeTime(at: number, now: number, locale: string | undefined): string | null {
  const distance = at - now
  const unit = units.find(([, length]) => Math.abs(distance) >= length)
  if (!unit) return null
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  return format.format(Math.trunc(distance / unit[1]), unit[0])
}

/** The whole date and time in the reader's own time zone. */
export function exactTime(at: number, locale: string | undefined): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(at)
}
