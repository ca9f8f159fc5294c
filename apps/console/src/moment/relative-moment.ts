import { locale } from './english.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Uses are recorded to the minute, so that anything nearer than that is `just now`. */
const present = 90 * second

const steps: readonly [limit: number, unit: Intl.RelativeTimeFormatUnit, size: number][] = [
  [hour, 'minute', minute],
  [day, 'hour', hour],
  [61 * day, 'day', day],
  [730 * day, 'month', 30.44 * day],
]

const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })

/**
 * `3 minutes ago`, `in 29 days`; instants in milliseconds since 1970. What is said to be past is never told
 * as yet to come, nor the other way round: this clock and the server's need not agree.
 */
export function relativeMoment(at: number, now: number, tense: 'past' | 'future'): string {
  const distance = tense === 'past' ? Math.min(0, at - now) : Math.max(0, at - now)
  if (Math.abs(distance) < present) return tense === 'past' ? 'just now' : 'in a moment'
  for (const [limit, unit, size] of steps) {
    const amount = whole(distance / size)
    if (Math.abs(amount) * size < limit) return format.format(amount, unit)
  }
  return format.format(whole(distance / (365.25 * day)), 'year')
}

/** Towards now for the past (`1 day ago` until two are full), to the nearest for what is to come. */
function whole(amount: number): number {
  return amount < 0 ? Math.ceil(amount) : Math.round(amount)
}
