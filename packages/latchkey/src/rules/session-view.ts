import type { Instant } from '../foundation/time.ts'
import type { AssuranceLevel } from '../model/assurance-level.ts'
import type { Session, SessionFacts } from '../model/session.ts'
import { absoluteDeadline, absoluteDeadlineSetBy } from './absolute-lifetime.ts'
import { assuranceLevel } from './assurance-level.ts'
import { idleDeadline } from './idle-timeout.ts'
import { keptAddress } from './ip-privacy.ts'
import { isChallenged } from './reauthentication.ts'
import { isRetained } from './retention.ts'
import type { SessionPolicy } from './session-policy.ts'
import { type SessionStatus, statusUnder } from './session-status.ts'
import { type TermsInForce, termsFor } from './session-terms.ts'

/** Of what a cache keeps there is one array for all who signed in alike, which nobody changes. */
let last: { readonly amr: readonly string[]; readonly assurance: AssuranceLevel | null } | null = null

function assuranceOf(amr: readonly string[]): AssuranceLevel | null {
  if (last !== null && last.amr === amr) return last.assurance
  const assurance = assuranceLevel(amr)
  if (Object.isFrozen(amr)) last = { amr, assurance }
  return assurance
}

/** A record as others may see it, with what follows from it at this moment; handed what its caller knows already. */
export function sessionView(
  record: SessionFacts,
  policy: SessionPolicy,
  now: Instant,
  terms: TermsInForce = termsFor(policy, record),
  status: SessionStatus = statusUnder(record, terms, now),
): Session {
  const idleExpiresAt = idleDeadline(record, terms)
  return {
    id: record.id,
    userId: record.userId,
    deviceInfo: record.deviceInfo,
    createdAt: record.createdAt,
    lastAccessedAt: record.lastAccessedAt,
    expiresAt: absoluteDeadline(record, terms),
    idleExpiresAt,
    isActive: status === 'live',
    expiresBy: absoluteDeadlineSetBy(record, terms),
    idleExpiresBy: idleExpiresAt === null ? null : terms.idleTimeout.setBy,
    authenticatedAt: record.authenticatedAt,
    amr: record.amr,
    assurance: assuranceOf(record.amr),
    roles: record.roles,
    deviceTrust: record.deviceTrust,
    stage: record.stage,
    reauthenticationRequired: isChallenged(record),
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
