import { finalChange } from '../cache/coherence.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import type { Actor, SessionRecord } from '../model/session.ts'
import { formatToken, hashSecret, isSessionId, newSecret, type SessionId } from '../model/session-token.ts'
import { sessionStatus } from '../rules/session-status.ts'
import { sessionView } from '../rules/session-view.ts'
import { checkActor, checkAmr, checkObject } from './check-argument.ts'
import type { CreatedSession } from './create-session.ts'
import type { Wiring } from './wiring.ts'

/**
 * How often a renewal that lost a race is tried again. Of n at once one wins each round: more than that many
 * renewals of one session at the same moment are no user.
 */
const mostAttempts = 8

/** How a user has just proved again who they are. */
export interface Renewal {
  /** How the user proved who they are this time. */
  readonly amr: readonly string[]
  /** Default: the user. */
  readonly by?: Actor
}

export async function renewSession(
  wiring: Wiring,
  id: string,
  renewal: Renewal,
): Promise<CreatedSession | null> {
  checkObject('renewal', renewal)
  const amr = checkAmr('amr', renewal.amr)
  const by = renewal.by === undefined ? null : checkActor('by', renewal.by)
  if (!isSessionId(id)) return null
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const now = wiring.clock.now()
    const record = await findLive(wiring, id, now)
    if (record === null) return null
    const secret = newSecret()
    const next = renewed(record, hashSecret(secret), amr, now)
    if (await replace(wiring, next, now, by ?? `user:${record.userId}`)) {
      const session = sessionView(next, wiring.policy, now)
      return { session, token: formatToken({ id, secret }), device: null }
    }
  }
  throw new LatchkeyError('storage-busy', 'the session is being renewed by too many at once')
}

async function findLive(wiring: Wiring, id: SessionId, now: Instant): Promise<SessionRecord | null> {
  const notedBefore = wiring.activity.noted(id)
  const stored = await wiring.storage.sessions.find(id)
  if (stored === null) return null
  const record = wiring.activity.withNewestUse(stored, notedBefore)
  return sessionStatus(record, wiring.policy, now) === 'live' ? record : null
}

/** Proving who one is again is a use. The absolute deadline stays where it is. */
function renewed(
  record: SessionRecord,
  secretHash: Uint8Array,
  amr: readonly string[],
  now: Instant,
): SessionRecord {
  const lastUse = record.lastAccessedAt
  return {
    ...record,
    secretHash,
    version: record.version + 1,
    lastAccessedAt: lastUse !== null && lastUse > now ? lastUse : now,
    authenticatedAt: now,
    amr,
  }
}

/** The old token is gone from every cache before the new one is handed out. */
async function replace(wiring: Wiring, next: SessionRecord, at: Instant, by: Actor): Promise<boolean> {
  const selection = { kind: 'session', id: next.id, userId: next.userId } as const
  const replacing = finalChange(wiring.coherence, selection, () =>
    wiring.storage.sessions.replace(next, at, by),
  )
  return (await replacing).result
}
