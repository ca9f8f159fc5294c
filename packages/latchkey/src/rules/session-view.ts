import type { Instant } from '../foundation/time.ts'
import type { Session, SessionFacts } from '../model/session.ts'
import { absoluteDeadline } from './absolute-lifetime.ts'
import { idleDeadline } from './idle-timeout.ts'
import { keptAddress } from './ip-privacy.ts'
import { isRetained } from './retention.ts'
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
    deviceId: record.deviceId,
    place: record.place,
    ipAddress: isRetained(record.createdAt, policy.addressRetention, now)
      ? keptAddress(record.ipAddress, policy.addressPrivacy)
      : null,
    userAgent: isRetained(record.createdAt, policy.userAgentRetention, now) ? record.userAgent : null,
    endedAt: record.invalidatedAt,
    endReason: record.endReason,
    endedBy: record.endedBy,
  }
}
