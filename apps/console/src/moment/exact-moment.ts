import { locale } from './english.ts'

const withTime = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
})

const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })

const dayOnly = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** Date and time in the reader's zone, which is named. */
export function exactMoment(iso: string): string {
  return withTime.format(new Date(iso))
}

const toTheSecond = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** `23 Nov 2026, 14:05:09`, in the reader's zone. */
export function precisely(iso: string): string {
  return toTheSecond.format(new Date(iso))
}

/** `23 Nov 2026`, in the reader's zone. */
export function calendarDay(iso: string): string {
  return dayOfYear.format(new Date(iso))
}

/** `23 Nov` for `2026-11-23`; days of the API are UTC days. */
export function shortDay(date: string): string {
  return dayOnly.format(new Date(`${date}T00:00:00Z`))
}
