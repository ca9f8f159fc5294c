import { type Instant, utcDate } from '../../foundation/time.ts'
import { endReasons } from '../../model/session.ts'
import type { DailyCount, UserStatistics } from '../../model/session-statistics.ts'
import type { SessionStatistics, StatisticsWindow } from '../../ports/session-statistics.ts'
import { deviceUses } from './device-uses.ts'
import { noneEnded, openRecords, type Records, sessionsOf } from './records.ts'
import { sessionDuration } from './session-duration.ts'
import { isLive } from './session-query.ts'
import { tallySessions } from './session-tally.ts'

export function memorySessionStatistics(records: Records): SessionStatistics {
  return {
    async forUser(userId, window) {
      return userStatistics(openRecords(records), userId, window)
    },

    async deviceUses(userId, bounds) {
      return deviceUses(openRecords(records), userId, bounds)
    },

    async totals() {
      openRecords(records)
      const ended = { ...records.ended }
      const endedSum = endReasons.reduce((sum, reason) => sum + ended[reason], 0)
      return { active: records.created - endedSum, created: records.created, ended }
    },

    async recountActive() {
      openRecords(records)
      return sessionsOf(records, null).filter((record) => record.invalidatedAt === null).length
    },

    async tally(query, tally) {
      return tallySessions(openRecords(records), query, tally)
    },

    async countEndedBefore(before, most) {
      return Math.min(most, endedBefore(openRecords(records), before))
    },

    async backlog(bounds, limit) {
      openRecords(records)
      const overdue = sessionsOf(records, null).filter(
        (record) => record.invalidatedAt === null && !isLive(records, record, bounds),
      )
      return Math.min(overdue.length, limit)
    },
  }
}

function endedBefore(records: Records, before: Instant): number {
  return sessionsOf(records, null).filter(
    ({ invalidatedAt }) => invalidatedAt !== null && invalidatedAt < before,
  ).length
}

function userStatistics(records: Records, userId: string, window: StatisticsWindow): UserStatistics {
  const sessions = sessionsOf(records, userId)
  const forgotten = records.forgotten.get(userId)
  const live = sessions.filter((record) => isLive(records, record, window.bounds))
  const durations = sessions.map(sessionDuration)
  const createdAt = [...sessions.map((record) => record.createdAt), ...(forgotten?.createdAt ?? [])]
  const endedAt = [
    ...sessions.flatMap((record) => (record.invalidatedAt === null ? [] : [record.invalidatedAt])),
    ...(forgotten?.endedAt ?? []),
  ]
  const ended = forgotten ? { ...forgotten.ended } : noneEnded()
  for (const { endReason } of sessions) if (endReason !== null) ended[endReason] += 1
  return {
    total: sessions.length + (forgotten?.total ?? 0),
    live: live.length,
    recent: createdAt.filter((at) => at >= window.recentSince).length,
    deviceTypes: tally(live.map((record) => record.deviceInfo.type)),
    browsers: tally(live.map((record) => record.deviceInfo.browser)),
    operatingSystems: tally(live.map((record) => record.deviceInfo.os)),
    locations: tally(live.map((record) => record.deviceInfo.location)),
    durationSum: durations.reduce((sum, duration) => sum + duration, forgotten?.durationSum ?? 0),
    durationLongest: durations.reduce((a, b) => Math.max(a, b), forgotten?.durationLongest ?? 0),
    ended,
    daily: dailyCounts(
      createdAt.filter((at) => at >= window.dailySince).map(utcDate),
      endedAt.filter((at) => at >= window.dailySince).map(utcDate),
    ),
  }
}

/** Names come from the outside, `__proto__` among them, so they are counted in a map before they become keys. */
function tally(names: readonly (string | null)[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function dailyCounts(createdOn: readonly string[], endedOn: readonly string[]): DailyCount[] {
  const created = tally(createdOn)
  const ended = tally(endedOn)
  const dates = [...new Set([...createdOn, ...endedOn])].sort()
  return dates.map((date) => ({ date, created: created[date] ?? 0, ended: ended[date] ?? 0 }))
}
