import {
  before,
  days,
  type Instant,
  inSeconds,
  instantOf,
  milliseconds,
  utcDate,
} from '../foundation/time.ts'
import type { DailyCount, SessionAnalytics } from '../model/session-statistics.ts'
import { boundsForStore } from './bounds-for-store.ts'
import { checkUserId } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** How many days `recentSessions` and `daily` look back, today included. */
const daysShown = 30

export async function getSessionAnalytics(wiring: Wiring, userId: string): Promise<SessionAnalytics> {
  checkUserId('userId', userId)
  const now = wiring.clock.now()
  const found = await wiring.storage.statistics.forUser(userId, {
    bounds: await boundsForStore(wiring),
    recentSince: before(now, days(daysShown)),
    dailySince: firstDayShown(now),
  })
  return {
    totalSessions: found.total,
    activeSessions: found.live,
    recentSessions: found.recent,
    deviceTypes: found.deviceTypes,
    browsers: found.browsers,
    operatingSystems: found.operatingSystems,
    locations: found.locations,
    averageDurationSeconds: found.total === 0 ? 0 : wholeSeconds(found.durationSum / found.total),
    longestDurationSeconds: wholeSeconds(found.durationLongest),
    ended: found.ended,
    daily: everyDay(found.daily, now),
  }
}

function wholeSeconds(inMilliseconds: number): number {
  return Math.round(inSeconds(milliseconds(inMilliseconds)))
}

/** The beginning, in UTC, of the first of the days shown. */
function firstDayShown(now: Instant): Instant {
  return before(instantOf(now - (now % days(1))), days(daysShown - 1))
}

function everyDay(counted: readonly DailyCount[], now: Instant): readonly DailyCount[] {
  const byDate = new Map(counted.map((day) => [day.date, day]))
  return Array.from({ length: daysShown }, (_, index) => {
    const date = utcDate(before(now, days(daysShown - 1 - index)))
    return byDate.get(date) ?? { date, created: 0, ended: 0 }
  })
}
