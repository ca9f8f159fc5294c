import { finalChange } from '../cache/coherence.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import { earlier, type Instant, instantOf } from '../foundation/time.ts'
import type { Actor, SessionRecord } from '../model/session.ts'
import type { Replacing } from '../model/session-event.ts'
import { formatToken, hashSecret, isSessionId, newSecret, type SessionId } from '../model/session-token.ts'
import { deadlineAtSignIn } from '../rules/absolute-lifetime.ts'
import { idleTimeoutToKeep } from '../rules/idle-timeout.ts'
import { sessionStatus } from '../rules/session-status.ts'
import { termsFor } from '../rules/session-terms.ts'
import { sessionView } from '../rules/session-view.ts'
import { rotated } from '../rules/token-rotation.ts'
import {
  checkActor,
  checkAmr,
  checkObject,
  checkOneOf,
  checkRequestId,
  checkRoles,
} from './check-argument.ts'
import { completeSession, type GivenFactor } from './complete-session.ts'
import type { CreatedSession } from './create-session.ts'
import type { Wiring } from './wiring.ts'

/**
 * How often a renewal that lost a race is tried again. Of n at once one wins each round: more than that many
 * renewals of one session at the same moment are no user.
 */
export const mostAttempts = 8

/** How a user has just proved again who they are. */
export interface Renewal {
  /** How the user proved who they are this time. */
  readonly amr: readonly string[]
  /** Default: the user. */
  readonly by?: Actor
  /**
   * Default `reauthentication`. `factor`: of a pending session, whose place a complete one takes, with an id of its own
   * and `amr` added to what was proved before; null for all but the first of several calls. `privilege-change`: nothing
   * is proved anew; `amr` is passed over. A pending session is for a `factor` only, and no other one is: otherwise null
   * comes back.
   */
  readonly cause?: 'reauthentication' | 'factor' | 'privilege-change'
  /** What the user may do from now on; default: as before. */
  readonly roles?: readonly string[]
  /** The id of the request, which stands in the event; default: none. */
  readonly request?: string
}

type CheckedRenewal = GivenFactor & Required<Pick<Renewal, 'cause'>>

export async function renewSession(
  wiring: Wiring,
  id: string,
  renewal: Renewal,
): Promise<CreatedSession | null> {
  checkObject('renewal', renewal)
  const checked = checkRenewal(renewal)
  if (!isSessionId(id)) return null
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const now = wiring.clock.now()
    const record = await findLive(wiring, id, now)
    // A session that owes a factor is for nothing but to be given it, and no other session is.
    if (record === null || (record.stage === 'pending') !== (checked.cause === 'factor')) return null
    const { cause, by, request } = checked
    if (cause === 'factor') return completeSession(wiring, record, checked, now)
    const secret = newSecret()
    const next = renewed(wiring, record, hashSecret(secret), checked, now)
    const replacing = { at: now, by: by ?? `user:${record.userId}`, request, cause }
    if (await replaceFinally(wiring, next, replacing)) {
      const session = sessionView(next, wiring.policy, now)
      return { session, token: formatToken({ id, secret }), device: null }
    }
  }
  throw new LatchkeyError('storage-busy', 'the session is being renewed by too many at once')
}

function checkRenewal({ amr, cause, roles, by, request }: Renewal): CheckedRenewal {
  return {
    amr: checkAmr('amr', amr),
    cause: checkOneOf('cause', cause ?? 'reauthentication', [
      'reauthentication',
      'factor',
      'privilege-change',
    ]),
    roles: roles === undefined ? undefined : checkRoles('roles', roles),
    by: by === undefined ? null : checkActor('by', by),
    request: checkRequestId(request),
  }
}

/** As it is on record, with uses that are not written yet; null when it is not live. */
async function findLive(wiring: Wiring, id: SessionId, now: Instant): Promise<SessionRecord | null> {
  const record = await findWithNewestUse(wiring, id)
  return record !== null && sessionStatus(record, wiring.policy, now) === 'live' ? record : null
}

/** As it is on record, live or not, with uses that are not written yet. */
export async function findWithNewestUse(wiring: Wiring, id: SessionId): Promise<SessionRecord | null> {
  const notedBefore = wiring.activity.noted(id)
  const stored = await wiring.storage.sessions.find(id)
  return stored === null ? null : wiring.activity.withNewestUse(stored, notedBefore)
}

/** Proving who one is again is a use. The absolute deadline stays where it is, or comes forward by rules that apply now. */
function renewed(
  { policy }: Wiring,
  record: SessionRecord,
  secretHash: Uint8Array,
  { amr, cause, roles }: CheckedRenewal,
  now: Instant,
): SessionRecord {
  const lastUse = record.lastAccessedAt
  const isProof = cause !== 'privilege-change'
  const next: SessionRecord = {
    ...record,
    secretHash,
    version: record.version + 1,
    lastAccessedAt: lastUse !== null && lastUse > now ? lastUse : now,
    authenticatedAt: isProof ? provedAt(record, now) : record.authenticatedAt,
    amr: isProof ? amr : record.amr,
    roles: roles ?? record.roles,
    rotation: rotated(record, null, now),
  }
  return underRulesOfNow(next, policy)
}

/** After the question that it answers, also where another node's clock was ahead when that was asked. */
function provedAt({ challengedAt }: SessionRecord, now: Instant): Instant {
  return challengedAt === null || now > challengedAt ? now : instantOf(challengedAt + 1)
}

function underRulesOfNow(record: SessionRecord, policy: Wiring['policy']): SessionRecord {
  const terms = termsFor(policy, record)
  const granted = deadlineAtSignIn(record.createdAt, record.lifetime, terms)
  return {
    ...record,
    expiresAt: earlier(record.expiresAt, granted),
    idleTimeout: idleTimeoutToKeep(terms),
  }
}

/** What a cache holds of the session is gone everywhere before the new token is handed out. */
export async function replaceFinally(
  wiring: Wiring,
  next: SessionRecord,
  replacing: Replacing,
): Promise<boolean> {
  const selection = { kind: 'session', id: next.id, userId: next.userId } as const
  const change = finalChange(wiring.coherence, selection, () =>
    wiring.storage.sessions.replace(next, replacing),
  )
  return (await change).result
}
