import { after, before, days, hours, type Instant } from '../foundation/time.ts'
import { rollupMeasures } from '../model/rollup.ts'
import type { Storage } from '../ports/storage.ts'
import {
  type AnalyticsDurations,
  type AnalyticsPoint,
  type AnalyticsShare,
  type AnalyticsSums,
  countedBy,
  durationsOf,
  isIn,
  type Period,
  pointsOf,
  sharesOf,
  sumsOf,
} from '../rules/analytics-of-rollups.ts'
import { rollupsForgottenBefore } from '../rules/retention.ts'
import { bucketStart } from '../rules/rollups-of-events.ts'
import type { Wiring } from './wiring.ts'

/** What there is to see at a glance; costs the same at any number of sessions. */
export interface Overview {
  readonly at: Instant
  readonly activeSessions: number
  /** The last 24 hours, the one that is not over included. */
  readonly period: Period
  readonly totals: AnalyticsSums
  /** Of the 24 hours before those, as much as there has been of these. Null: not all of it is known. */
  readonly before: AnalyticsSums | null
  /** The last 48; fewer where hours are not kept for that long. */
  readonly hours: readonly AnalyticsPoint[]
  /** Of sessions created in the last 24 hours. */
  readonly groups: Readonly<Record<'country' | 'device_type' | 'browser' | 'os', readonly AnalyticsShare[]>>
  /** Of the last 7 days. */
  readonly durations: AnalyticsDurations
  readonly eventsBehind: number
}

const hour = hours(1)

export async function getOverview({ clock, policy, storage }: Wiring): Promise<Overview> {
  const now = clock.now()
  const until = after(bucketStart('hour', now), hour)
  const period = { from: before(until, hours(24)), until }
  const earlier = { from: before(until, hours(48)), until: period.from }
  const { totals, rollups, durations, eventsBehind, since } = await numbersOf(storage, earlier.from, until)
  const told = new Set(rollupMeasures)
  const ofPeriod = rollups.filter(isIn(period))
  const kept = rollupsForgottenBefore(policy, 'hour', now)
  const areKept = kept === null || kept <= earlier.from
  const isKnown = areKept && since !== null && since <= earlier.from
  const ofEarlier = isKnown ? countedBy(rollups.filter(isIn(earlier)), before(now, hours(24))) : null
  const shares = (by: 'country' | 'device_type' | 'browser' | 'os') => sharesOf(ofPeriod, ofEarlier, by)
  return {
    at: now,
    activeSessions: totals.active,
    period,
    totals: sumsOf(ofPeriod, told),
    before: ofEarlier === null ? null : sumsOf(ofEarlier, told),
    hours: pointsOf(rollups, 'hour', { from: areKept ? earlier.from : period.from, until }, told),
    groups: {
      country: shares('country'),
      device_type: shares('device_type'),
      browser: shares('browser'),
      os: shares('os'),
    },
    durations: durationsOf(durations),
    eventsBehind,
  }
}

async function numbersOf({ events, rollups, statistics }: Storage, from: Instant, until: Instant) {
  const lastDay = bucketStart('day', before(until, hours(1)))
  const [totals, ofHours, durations, { position, since }, newest] = await Promise.all([
    statistics.totals(),
    rollups.read({
      ...{ interval: 'hour', from, until },
      measures: ['created', 'ended', 'verified', 'refused', 'distinct-users', 'distinct-devices'],
      dimensions: ['all', 'reason', 'country', 'device_type', 'browser', 'os'],
    }),
    rollups.read({
      ...{ interval: 'day', from: before(lastDay, days(6)), until },
      measures: ['duration'],
      dimensions: [],
    }),
    rollups.position(),
    events.latest(),
  ])
  return { totals, rollups: ofHours, durations, eventsBehind: Math.max(0, newest - position), since }
}
