import type { Instant } from '../foundation/time.ts'
import type { Actor, SessionRecord } from '../model/session.ts'
import { formatToken, hashSecret, newSecret, newSessionId } from '../model/session-token.ts'
import { deadlineAtSignIn } from '../rules/absolute-lifetime.ts'
import { limitAtSignIn } from '../rules/concurrent-sessions.ts'
import { idleTimeoutToKeep } from '../rules/idle-timeout.ts'
import { livenessBounds } from '../rules/session-status.ts'
import { termsFor } from '../rules/session-terms.ts'
import { sessionView } from '../rules/session-view.ts'
import { addSession, refusalOf } from './add-session.ts'
import type { CreatedSession } from './create-session.ts'
import { devicePlan } from './device-of-browser.ts'
import { sightingOf } from './sighting-of.ts'
import type { Wiring } from './wiring.ts'

/** What was proved, after every check. */
export interface GivenFactor {
  readonly amr: readonly string[]
  /** Undefined: as before. */
  readonly roles: readonly string[] | undefined
  /** Null: the user. */
  readonly by: Actor | null
  readonly request: string | null
}

/**
 * A session of its own takes the place of the pending one, so that everything which a sign-in promises holds for it; what
 * the sign-in of the first factor could not do to other sessions is done now. Nothing that was given to somebody who
 * owed a factor is of any worth. Null where the pending one is over, or was completed by somebody else at this moment.
 */
export async function completeSession(
  wiring: Wiring,
  pending: SessionRecord,
  { amr, roles, by, request }: GivenFactor,
  now: Instant,
): Promise<CreatedSession | null> {
  const { policy } = wiring
  const secret = newSecret()
  const proved = { amr: [...new Set([...pending.amr, ...amr])], roles: roles ?? pending.roles }
  // The pending one may have been made some milliseconds ahead of the clock, after a cut-off that this one is after, too.
  const createdAt = now < pending.createdAt ? pending.createdAt : now
  const record = completed(wiring, { ...pending, ...proved, secretHash: hashSecret(secret) }, createdAt)
  const { deviceId, deviceTrust: trust } = record
  const outcome = await addSession(wiring, record, {
    actor: by ?? `user:${record.userId}`,
    request,
    sighting: sightingOf(record, null),
    limit: limitAtSignIn(policy, termsFor(policy, record), now),
    completes: { id: pending.id, bounds: livenessBounds(policy, now) },
    replaces: pending.succeeds,
    device:
      deviceId === null ? null : devicePlan(policy, { id: deviceId, knowledge: 'known', trust }, record),
    idempotency: null,
  })
  if (outcome.kind === 'limit-reached') throw refusalOf(outcome)
  if (outcome.kind !== 'inserted') return null
  const session = sessionView(record, policy, now)
  return { session, token: formatToken({ id: record.id, secret }), device: null }
}

/** With the policy's lifetime, whatever was asked for the time until then. */
function completed({ policy }: Wiring, proved: SessionRecord, now: Instant): SessionRecord {
  const terms = termsFor(policy, proved)
  return {
    ...proved,
    id: newSessionId(proved.userId),
    version: 1,
    createdAt: now,
    lastAccessedAt: null,
    expiresAt: deadlineAtSignIn(now, null, terms),
    lifetime: null,
    idleTimeout: idleTimeoutToKeep(terms),
    authenticatedAt: now,
    stage: 'complete',
    succeeds: null,
    challengedAt: null,
    rotation: null,
    notBefore: null,
  }
}
