import { before, type Instant } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import { statisticsReach } from '../../model/session-statistics.ts'
import { type ForgottenSessions, noneEnded, type Records } from './records.ts'
import { sessionDuration } from './session-duration.ts'

/** Forgets ended sessions, longest ended first, and goes on counting them. */
export function forgetSessions(records: Records, endedBefore: Instant, limit: number): number {
  const chosen = [...records.sessions.values()]
    .filter((record) => record.invalidatedAt !== null && record.invalidatedAt < endedBefore)
    .sort((a, b) => (a.invalidatedAt ?? 0) - (b.invalidatedAt ?? 0))
    .slice(0, limit)
  for (const record of chosen) {
    keepCounting(records, record)
    remove(records, record)
  }
  const gone = new Set(chosen.map((record) => record.id))
  for (const [key, claim] of records.claims) if (gone.has(claim.sessionId)) records.claims.delete(key)
  dropMoments(records, before(endedBefore, statisticsReach))
  return chosen.length
}

function keepCounting(records: Records, record: SessionRecord): void {
  const counted = records.forgotten.get(record.userId) ?? nothingForgotten()
  const duration = sessionDuration(record)
  counted.total += 1
  counted.durationSum += duration
  counted.durationLongest = Math.max(counted.durationLongest, duration)
  counted.createdAt.push(record.createdAt)
  if (record.invalidatedAt !== null) counted.endedAt.push(record.invalidatedAt)
  if (record.endReason !== null) counted.ended[record.endReason] += 1
  records.forgotten.set(record.userId, counted)
}

function nothingForgotten(): ForgottenSessions {
  return {
    total: 0,
    durationSum: 0,
    durationLongest: 0,
    ended: noneEnded(),
    createdAt: [],
    endedAt: [],
  }
}

function remove(records: Records, record: SessionRecord): void {
  records.sessions.delete(record.id)
  const ids = records.idsByUser.get(record.userId)
  ids?.delete(record.id)
  if (ids?.size === 0) records.idsByUser.delete(record.userId)
}

/** Instants that no window reaches any more. */
function dropMoments(records: Records, since: Instant): void {
  for (const counted of records.forgotten.values()) {
    counted.createdAt = counted.createdAt.filter((at) => at >= since)
    counted.endedAt = counted.endedAt.filter((at) => at >= since)
  }
}
