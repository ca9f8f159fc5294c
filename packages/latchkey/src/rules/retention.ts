import { after, before, type Duration, days, type Instant } from '../foundation/time.ts'
import type { RollupInterval } from '../model/rollup.ts'
import type { SessionPolicy } from './session-policy.ts'

/** Sessions that ended before this are forgotten; null: none ever is. */
export function forgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return limitOf(policy.retention, now)
}

/** Events, which are the audit log, from before this are forgotten; null: none ever is. */
export function auditForgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return limitOf(policy.auditRetention, now)
}

/** Resolved alerts whose newest finding is from before this are forgotten; null: none ever is. */
export function alertsForgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return limitOf(policy.alertRetention, now)
}

/** Numbers of hours or days that began before this are forgotten; null: none ever is. */
export function rollupsForgottenBefore(
  policy: SessionPolicy,
  interval: RollupInterval,
  now: Instant,
): Instant | null {
  return limitOf(interval === 'hour' ? policy.rollupHourRetention : policy.rollupDayRetention, now)
}

/** Histories of users who have not signed in since this are forgotten; null: none ever is. */
export function historiesForgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return limitOf(policy.historyRetention, now)
}

/** Bulk endings that finished before this are forgotten: with the events that say what they ended, by default. */
export function bulkEndingsForgottenBefore(now: Instant): Instant {
  return before(now, bulkEndingRetention)
}

const bulkEndingRetention: Duration = days(400)

/** The fact is forgotten of sessions that began before this; null: as long as there is the session. */
export function fadedBefore(
  policy: SessionPolicy,
  fact: 'ipAddress' | 'userAgent',
  now: Instant,
): Instant | null {
  return limitOf(fact === 'ipAddress' ? policy.addressRetention : policy.userAgentRetention, now)
}

/** Fingerprints of devices whose newest was taken before this are forgotten; null: none ever is. */
export function fingerprintsForgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return limitOf(policy.fingerprintRetention, now)
}

/** Devices on which nobody has signed in since this, and nobody is signed in, are forgotten; null: none ever is. */
export function devicesForgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return limitOf(policy.deviceRetention, now)
}

/** Whether what has been known since then may still be shown, whether or not a cleanup has met it; a retention of null never ends. */
export function isRetained(since: Instant, retention: Duration | null, now: Instant): boolean {
  return retention === null || after(since, retention) >= now
}

function limitOf(retention: Duration | null, now: Instant): Instant | null {
  return retention === null ? null : before(now, retention)
}
