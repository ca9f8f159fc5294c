import { locale } from './english.ts'

const day = 24 * 60 * 60 * 1000

const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const dateWithYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })

/** As short as can be told from now: a time, a day, or a day with its year. In the reader's zone. */
export function briefMoment(at: number, now: number): string {
  if (Math.abs(now - at) < day) return time.format(at)
  return Math.abs(now - at) < 300 * day ? date.format(at) : dateWithYear.format(at)
}
