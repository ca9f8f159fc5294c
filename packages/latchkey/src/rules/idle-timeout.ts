import { after, type Duration, type Instant } from '../foundation/time.ts'
import type { SessionFacts } from '../model/session.ts'
import { activityResolution } from './session-policy.ts'
import { setByDefault, type TermsInForce } from './session-terms.ts'

type IdleTerms = Pick<TermsInForce, 'idleTimeout'>

/**
 * When the session ends unless it is used before; null without an idle timeout. The last use on record may be
 * up to `activityResolution` behind the real one, so that much is granted: never early, a minute late at most.
 */
export function idleDeadline(record: SessionFacts, { idleTimeout }: IdleTerms): Instant | null {
  const timeout = shorterOf(record.idleTimeout, idleTimeout.value)
  if (timeout === null) return null
  return after(after(record.lastAccessedAt ?? record.createdAt, timeout), activityResolution)
}

/** The timeout that a rule of now sets for it, which is written down; null where everybody's is as short. */
export function idleTimeoutToKeep({ idleTimeout }: IdleTerms): Duration | null {
  return idleTimeout.setBy === setByDefault ? null : idleTimeout.value
}

function shorterOf(a: Duration | null, b: Duration | null): Duration | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
