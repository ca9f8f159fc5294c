import { after, before, type Duration, type Instant } from '../foundation/time.ts'
import type { SessionPolicy } from './session-policy.ts'

/** Sessions that ended before this are forgotten; null: none ever is. */
export function forgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return limitOf(policy.retention, now)
}

/** Events, which are the audit log, from before this are forgotten; null: none ever is. */
export function auditForgottenBefore(policy: SessionPolicy, now: Instant): Instant | null {
  return limitOf(policy.auditRetention, now)
}

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
