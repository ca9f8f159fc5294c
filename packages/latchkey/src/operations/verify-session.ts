import type { CachedSession } from '../cache/session-cache.ts'
import { equalInConstantTime } from '../foundation/bytes.ts'
import type { Instant } from '../foundation/time.ts'
import type { Session, SessionRecord } from '../model/session.ts'
import { hashSecret, parseToken, type SessionId } from '../model/session-token.ts'
import { activityIsDue } from '../rules/activity-renewal.ts'
import type { SessionPolicy } from '../rules/session-policy.ts'
import { sessionStatus } from '../rules/session-status.ts'
import { sessionView } from '../rules/session-view.ts'
import type { Wiring } from './wiring.ts'

/** A value for every outcome. */
export type Verification =
  | { readonly active: true; readonly session: Session }
  | { readonly active: false; readonly reason: 'unknown' | 'expired' | 'revoked' }

/** What is known about the request besides its token. */
export interface VerifyOptions {
  /** `background`: a request that no person made (polling, prefetching): it does not put off the idle timeout. Default `user`. */
  readonly activity?: 'user' | 'background'
}

const unknown: Verification = Object.freeze({ active: false, reason: 'unknown' })
const expired: Verification = Object.freeze({ active: false, reason: 'expired' })
const revoked: Verification = Object.freeze({ active: false, reason: 'revoked' })

/** The whole story of a request, in order. Nothing is awaited when the cache may answer. */
export async function verifySession(
  wiring: Wiring,
  text: string,
  options?: VerifyOptions,
): Promise<Verification> {
  // What has not the shape of a token costs no look at anything.
  const token = parseToken(text)
  if (token === null) return unknown
  const secretHash = hashSecret(token.secret)

  // The cache, while it is provably current; one primary-key read otherwise. Judged as of now, before the read:
  // every use up to now is then either in the store or noted.
  const now = wiring.clock.now()
  const cached = wiring.coherence.isCurrent() ? wiring.cache.get(token.id) : undefined
  const found = cached ?? (await load(wiring, token.id, now))

  // Whoever has not the secret learns nothing: not even that there is such a session.
  if (found === null || !equalInConstantTime(secretHash, found.record.secretHash)) return unknown

  const status = sessionStatus(found.record, wiring.policy, now)
  if (status !== 'live') return status === 'ended' ? howItEnded(found.record) : expired

  const session = options?.activity === 'background' ? found.view : noteUse(wiring, found, now)
  return { active: true, session }
}

function howItEnded(record: SessionRecord): Verification {
  return record.endReason === 'expired' || record.endReason === 'idle-timeout' ? expired : revoked
}

async function load(wiring: Wiring, id: SessionId, now: Instant): Promise<CachedSession | null> {
  const { activity, cache, policy, storage } = wiring
  const underway = cache.startLoad(id, now)
  const notedBefore = activity.noted(id)
  const writesBefore = activity.writes
  let toKeep: CachedSession | null = null
  try {
    const stored = await storage.sessions.find(id)
    if (stored === null) return null
    const record = activity.withNewestUse(stored, notedBefore)
    const found = { record, view: sessionView(record, policy, now) }
    if (found.view.isActive && activity.writes === writesBefore) toKeep = found
    return found
  } finally {
    cache.finishLoad(underway, toKeep)
  }
}

/** Hands the use to the activity writer when it is worth recording. Gives the session as it is then. */
function noteUse(wiring: Wiring, found: CachedSession, now: Instant): Session {
  const { activity, cache, policy } = wiring
  if (!activityIsDue(found.record.lastAccessedAt, now)) return found.view
  if (!activity.note(found.record.id, now)) return found.view
  const used = usedAt(found, now, policy)
  // The entry may be another one: of a load that ended first, or of a session renewed since. It takes the use only.
  cache.refresh(found.record.id, (kept) => (kept === found ? used : usedAt(kept, now, policy)))
  return used.view
}

function usedAt(session: CachedSession, now: Instant, policy: SessionPolicy): CachedSession {
  const { lastAccessedAt } = session.record
  if (lastAccessedAt !== null && lastAccessedAt >= now) return session
  const record = { ...session.record, lastAccessedAt: now }
  return { record, view: sessionView(record, policy, now) }
}
