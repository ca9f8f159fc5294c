import { sha256 } from '../../foundation/bytes.ts'
import { after, type Duration, days, hours, type Instant, instantOf } from '../../foundation/time.ts'
import type { Ending, SessionRecord } from '../../model/session.ts'
import { everySession, type LivenessBounds, type SessionQuery } from '../../model/session-filter.ts'
import { newSessionId, shardOfUser } from '../../model/session-token.ts'
import type { StatisticsWindow } from '../../ports/session-statistics.ts'
import type { IdempotencyClaim, InsertPlan } from '../../ports/session-store.ts'

/** 2026-03-01T12:00:00Z: the moment at which the cases take place. */
export const noon: Instant = instantOf(Date.UTC(2026, 2, 1, 12))

export function hoursAfterNoon(count: number): Instant {
  return after(noon, hours(count))
}

/** What lives at that moment under a lifetime of 30 days and an idle timeout of 7. */
export function boundsAt(
  now: Instant,
  lifetime: Duration = days(30),
  idle: Duration | null = days(7),
): LivenessBounds {
  return {
    expiresAfter: now,
    createdAfter: instantOf(now - lifetime),
    activeAfter: idle === null ? null : instantOf(now - idle),
  }
}

export function sampleSession(userId: string, changes: Partial<SessionRecord> = {}): SessionRecord {
  const createdAt = changes.createdAt ?? noon
  return {
    id: newSessionId(userId),
    shard: shardOfUser(userId),
    userId,
    secretHash: Uint8Array.from(sha256(userId)),
    version: 1,
    createdAt,
    lastAccessedAt: null,
    expiresAt: after(createdAt, days(30)),
    lifetime: null,
    authenticatedAt: createdAt,
    amr: ['pwd'],
    invalidatedAt: null,
    endReason: null,
    endedBy: null,
    deviceInfo: {
      type: 'desktop',
      browser: 'Firefox',
      browserVersion: '140',
      os: 'Linux',
      osVersion: null,
      location: 'Oslo, Norway',
    },
    ipAddress: '192.0.2.10',
    userAgent: 'Example/1.0',
    ...changes,
  }
}

export const plainly: InsertPlan = { actor: 'user:ada', replaces: null, idempotency: null }

export function replacing(record: SessionRecord): InsertPlan {
  return { ...plainly, replaces: record.id }
}

export function claiming(
  key: string,
  request: string,
  forgetBefore: Instant = hoursAfterNoon(-24),
): InsertPlan {
  const idempotency: IdempotencyClaim = {
    keyHash: sha256(key),
    requestHash: sha256(request),
    forgetBefore,
  }
  return { ...plainly, idempotency }
}

export function revokedAt(at: Instant): Ending {
  return { at, reason: 'revoked', by: 'admin:root' }
}

export function queryAt(now: Instant, filter: Partial<SessionQuery> = {}): SessionQuery {
  return { ...everySession, bounds: boundsAt(now), ...filter }
}

export function windowAt(now: Instant): StatisticsWindow {
  return {
    bounds: boundsAt(now),
    recentSince: instantOf(now - days(30)),
    dailySince: instantOf(now - days(30)),
  }
}
