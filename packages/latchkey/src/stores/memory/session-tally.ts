import { days, hours, type Instant, instantOf } from '../../foundation/time.ts'
import type { Rollup, RollupDimension, RollupInterval } from '../../model/rollup.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import type { Tally } from '../../ports/session-statistics.ts'
import { type Records, sessionsOf } from './records.ts'
import { sessionDuration } from './session-duration.ts'
import { facetOf, matchesQuery } from './session-query.ts'

/** In the order of `RollupStore.read`. */
export function tallySessions(records: Records, query: SessionQuery, tally: Tally): readonly Rollup[] {
  const counts = new Map<string, Rollup & { users: Set<string> }>()
  for (const record of sessionsOf(records, query.userId)) {
    const at = instantCounted(record, tally)
    if (at === null || !matchesQuery(records, record, query) || !isAsked(at, tally)) continue
    const start = bucketStart(at, tally.interval)
    const value = valueCounted(record, tally)
    const key = JSON.stringify([start, value])
    const present = counts.get(key) ?? { ...emptyOf(tally, start, value), users: new Set<string>() }
    const sum = present.sum + (tally.measure === 'duration' ? sessionDuration(record) : 0)
    counts.set(key, { ...present, count: present.count + 1, sum })
    present.users.add(record.userId)
  }
  return [...counts.values()]
    .map(({ users, ...rollup }) =>
      tally.measure === 'distinct-users' ? { ...rollup, count: users.size } : rollup,
    )
    .sort((a, b) => a.start - b.start || (a.value < b.value ? -1 : 1))
}

function instantCounted(record: SessionRecord, { measure }: Tally): Instant | null {
  return measure === 'ended' || measure === 'duration' ? record.invalidatedAt : record.createdAt
}

function isAsked(at: Instant, { from, until }: Tally): boolean {
  return (from === null || at >= from) && (until === null || at < until)
}

function bucketStart(at: Instant, interval: RollupInterval | null): Instant {
  if (interval === null) return instantOf(0)
  const length = interval === 'hour' ? hours(1) : days(1)
  return instantOf(Math.floor(at / length) * length)
}

function valueCounted(record: SessionRecord, { measure, by, bounds }: Tally): string {
  if (measure === 'duration') {
    const duration = sessionDuration(record)
    const index = bounds.findIndex((bound) => duration <= bound)
    return String(index === -1 ? bounds.length : index)
  }
  if (by === null) return ''
  if (by === 'reason') return record.endReason ?? ''
  if (by === 'method') return [...record.amr].sort().join('+') || 'unknown'
  return facetOf(record, by)
}

function emptyOf({ measure, interval, by }: Tally, start: Instant, value: string): Rollup {
  const dimension: RollupDimension = measure === 'duration' ? 'duration' : (by ?? 'all')
  return { interval: interval ?? 'day', start, measure, dimension, value, count: 0, sum: 0 }
}
