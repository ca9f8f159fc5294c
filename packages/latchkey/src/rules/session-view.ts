import type { Instant } from '../foundation/time.ts'
import type { Session, SessionFacts } from '../model/session.ts'
import { absoluteDeadline } from './absolute-lifetime.ts'
import { idleDeadline } from './idle-timeout.ts'
import type { SessionPolicy } from './session-policy.ts'
import { sessionStatus } from './session-status.ts'

/** A record as others may see it, with what follows from it at this moment. */
export function sessionView(record: SessionFacts, policy: SessionPolicy, now: Instant): Session {
  return {
    id: record.id,
    userId: record.userId,
    deviceInfo: record.deviceInfo,
    createdAt: record.createdAt,
    lastAccessedAt: record.lastAccessedAt,
    expiresAt: absoluteDeadline(record, policy),
    idleExpiresAt: idleDeadline(record, policy),
    isActive: sessionStatus(record, policy, now) === 'live',
    authenticatedAt: record.authenticatedAt,
    amr: record.amr,
    ipAddress: record.ipAddress,
    userAgent: record.userAgent,
    endedAt: record.invalidatedAt,
    endReason: record.endReason,
    endedBy: record.endedBy,
  }
}
