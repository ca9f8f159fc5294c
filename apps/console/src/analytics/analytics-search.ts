import type { AnalyticsGroup } from 'latchkey/client'

/** The periods that can be chosen, in hours; `custom`: by its days. */
export const periods = {
  '24h': { name: 'Last 24 hours', hours: 24 },
  '7d': { name: 'Last 7 days', hours: 168 },
  '30d': { name: 'Last 30 days', hours: 720 },
  '90d': { name: 'Last 90 days', hours: 2_160 },
  '365d': { name: 'Last 365 days', hours: 8_760 },
} as const

export type Period = keyof typeof periods | 'custom'

export const groups: Readonly<Record<AnalyticsGroup, string>> = {
  device_type: 'Device type',
  browser: 'Browser',
  os: 'System',
  country: 'Country',
  network: 'Network',
  method: 'Sign-in method',
  reason: 'End reason',
}

/** What is counted of the values of a group. */
export function createdOrEnded(group: AnalyticsGroup): string {
  return group === 'reason' ? 'Ended' : 'Signed in'
}

/** What the URL of the page says; absent is the default. */
export interface AnalyticsSearch {
  /** Default: `7d`. */
  period?: Period
  /** Of `custom`: days in UTC, both included. */
  from?: string
  until?: string
  /** Default: hours up to a week, days beyond. */
  interval?: 'hour' | 'day'
  /** Default: `device_type`. */
  group_by?: AnalyticsGroup
  filter?: string
}

export const defaultPeriod = '7d' satisfies Period
export const defaultGroup = 'device_type' satisfies AnalyticsGroup

const longestFilter = 4_000
const date = /^\d{4}-\d\d-\d\d$/
const hour = 3_600_000
const day = 24 * hour
/** More of them say nothing in a chart. */
const mostHours = 14 * 24

export function parseAnalyticsSearch(search: Record<string, unknown>): AnalyticsSearch {
  const { period, from, until, interval, group_by: group, filter } = search
  const parsed: AnalyticsSearch = {}
  const first = dayText(from)
  const last = dayText(until)
  if (period === 'custom' && first !== null && last !== null && first <= last) {
    Object.assign(parsed, { period, from: first, until: last })
  } else if (typeof period === 'string' && Object.hasOwn(periods, period)) parsed.period = period as Period
  if (interval === 'hour' || interval === 'day') parsed.interval = interval
  if (typeof group === 'string' && Object.hasOwn(groups, group)) parsed.group_by = group as AnalyticsGroup
  const text = typeof filter === 'string' ? filter.trim().slice(0, longestFilter) : ''
  if (text !== '') parsed.filter = text
  return parsed
}

/** What the API is asked. Periods end with the bucket that is going on, so that one question serves for a while. */
export function toAnalyticsQuery(search: AnalyticsSearch, now: number): URLSearchParams {
  const { from, until } = boundsOf(search, now)
  const query = new URLSearchParams({
    from: new Date(from).toISOString(),
    to: new Date(until).toISOString(),
    interval: intervalOf(search, from, until),
    group_by: search.group_by ?? defaultGroup,
  })
  if (search.filter) query.set('filter', search.filter)
  return query
}

function boundsOf(search: AnalyticsSearch, now: number): { from: number; until: number } {
  const { period = defaultPeriod, from, until } = search
  if (period === 'custom') {
    return { from: Date.parse(`${from}T00:00:00Z`), until: Date.parse(`${until}T00:00:00Z`) + day }
  }
  const length = periods[period].hours * hour
  const areDays = search.interval === 'day' && length > day
  const size = areDays || length > mostHours * hour ? day : hour
  const end = Math.ceil((now + 1) / size) * size
  return { from: end - length, until: end }
}

function intervalOf({ interval }: AnalyticsSearch, from: number, until: number): 'hour' | 'day' {
  const hours = (until - from) / hour
  if (hours > mostHours) return 'day'
  // One step is no series.
  if (hours <= 24) return 'hour'
  return interval ?? (hours <= 7 * 24 ? 'hour' : 'day')
}

/** Whether hours can be shown at all in that period. */
export function mayShowHours(search: AnalyticsSearch, now: number): boolean {
  const { from, until } = boundsOf(search, now)
  return until - from <= mostHours * hour
}

/** Whether days can be shown: of one there is no more than a single step. */
export function mayShowDays(search: AnalyticsSearch, now: number): boolean {
  const { from, until } = boundsOf(search, now)
  return until - from > day
}

function dayText(value: unknown): string | null {
  return typeof value === 'string' && date.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
    ? value
    : null
}
