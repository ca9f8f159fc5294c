import type { Duration } from '../foundation/time.ts'
import type { Grant, SessionRecord } from '../model/session.ts'
import { absoluteDeadline } from './absolute-lifetime.ts'
import { idleTimeoutToKeep } from './idle-timeout.ts'
import type { SessionPolicy } from './session-policy.ts'
import { setByDefault, termsFor } from './session-terms.ts'

/**
 * What rules grant a session, where that is less than what is written down of it; null: nothing is to be written. What
 * everybody is granted is no part of it: stores know that from the bounds.
 */
export function tighterGrant(record: SessionRecord, policy: SessionPolicy): Grant | null {
  const terms = termsFor(policy, record)
  const isByRule = terms.absoluteLifetime.setBy !== setByDefault
  const expiresAt = isByRule ? absoluteDeadline(record, terms) : record.expiresAt
  const timeout = idleTimeoutToKeep(terms)
  const idleTimeout = isLonger(record.idleTimeout, timeout) ? timeout : record.idleTimeout
  if (expiresAt === record.expiresAt && idleTimeout === record.idleTimeout) return null
  return { id: record.id, expiresAt, idleTimeout }
}

/** Null: as long as everybody's. */
function isLonger(kept: Duration | null, timeout: Duration | null): boolean {
  return timeout !== null && (kept === null || kept > timeout)
}
