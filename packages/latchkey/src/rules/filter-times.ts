import {
  after,
  before,
  type Duration,
  days,
  hours,
  type Instant,
  instantOf,
  milliseconds,
  minutes,
} from '../foundation/time.ts'
import type { InstantRange } from '../model/session-filter.ts'

/** What a value of `created:` or `active:` may look like. */
export const timesInWords =
  'It needs a time: >=2026-11-01, <2026-11-01T12:00:00Z, 2026-11-01..2026-11-08, 2026-11-01, or an age such as <7d or >30d (m, h, d, w).'

const compared = /^(>=|<=|>|<)(.+)$/s
const date = /^\d{4}-\d\d-\d\d$/
const dateAndTime = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/
const age = /^(\d{1,6})([mhdw])$/

const unitLengths: Readonly<Record<string, Duration>> = {
  m: minutes(1),
  h: hours(1),
  d: days(1),
  w: days(7),
}

/** The last instant whose ISO form has a year of four digits. */
const latest = instantOf(Date.parse('9999-12-31T23:59:59.999Z'))
const oneMillisecond = milliseconds(1)

/** Null where the value is no time. A date is the whole day in UTC. An age compares how old something is: `<7d` is younger. */
export function timeRange(value: string, now: Instant): InstantRange | null {
  const [, comparison, written = ''] = compared.exec(value) ?? []
  if (comparison !== undefined) return comparedWith(comparison, written, now)
  const [first = '', last, more] = value.split('..')
  if (last === undefined) return date.test(value) ? bothEnds(moments(first), moments(first)) : null
  return more === undefined ? bothEnds(moments(first), moments(last)) : null
}

/** What is in both; null: no condition. */
export function withinBoth(a: InstantRange | null, b: InstantRange): InstantRange {
  return {
    from: a?.from == null || (b.from !== null && b.from > a.from) ? b.from : a.from,
    until: a?.until == null || (b.until !== null && b.until < a.until) ? b.until : a.until,
  }
}

function comparedWith(comparison: string, written: string, now: Instant): InstantRange | null {
  const [, count, unit = ''] = age.exec(written) ?? []
  if (count !== undefined) {
    const limit = before(now, milliseconds(Number(count) * (unitLengths[unit] ?? 0)))
    return compare(opposites[comparison] ?? '', { first: limit, next: after(limit, oneMillisecond) })
  }
  const found = moments(written)
  return found === null ? null : compare(comparison, found)
}

/** Who is older was there earlier. */
const opposites: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The first moment of what was written, and the first one behind it. */
interface Moments {
  readonly first: Instant
  readonly next: Instant
}

function compare(comparison: string, { first, next }: Moments): InstantRange {
  switch (comparison) {
    case '>':
      return { from: storable(next), until: null }
    case '>=':
      return { from: storable(first), until: null }
    case '<':
      return { from: null, until: storable(first) }
    default:
      return { from: null, until: storable(next) }
  }
}

function bothEnds(from: Moments | null, until: Moments | null): InstantRange | null {
  if (from === null || until === null || until.next <= from.first) return null
  return { from: storable(from.first), until: storable(until.next) }
}

function storable(instant: Instant): Instant {
  return instantOf(Math.max(0, Math.min(latest, instant)))
}

function moments(written: string): Moments | null {
  if (date.test(written)) {
    const first = dayOf(written)
    return first === null ? null : { first, next: after(first, days(1)) }
  }
  const [, day] = dateAndTime.exec(written) ?? []
  const first = instantOf(Date.parse(written))
  if (day === undefined || dayOf(day) === null || Number.isNaN(first)) return null
  return { first, next: after(first, oneMillisecond) }
}

/** Null for a day that no calendar has, such as 31 February, which a parser would roll over. */
function dayOf(written: string): Instant | null {
  const parsed = new Date(`${written}T00:00:00.000Z`)
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== written) return null
  return instantOf(parsed.getTime())
}
