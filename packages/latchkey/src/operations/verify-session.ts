import { equalTextInConstantTime } from '../foundation/bytes.ts'
import type { Instant } from '../foundation/time.ts'
import type { Session, SessionFacts, SessionRecord } from '../model/session.ts'
import {
  type HashedToken,
  hashToken,
  type SecretHash,
  type SessionId,
  secretHashText,
} from '../model/session-token.ts'
import { activityIsDue } from '../rules/activity-renewal.ts'
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
/** Says the same, and is another one: a use that is not known yet would change it. */
const idle: Verification = Object.freeze({ active: false, reason: 'expired' })
const revoked: Verification = Object.freeze({ active: false, reason: 'revoked' })

/** The whole story of a request, in order: the cache, while it may answer; one primary-key read otherwise. */
export async function verifySession(
  wiring: Wiring,
  text: string,
  options?: VerifyOptions,
): Promise<Verification> {
  // What has not the shape of a token costs no look at anything.
  const token = hashToken(text)
  if (token === null) return unknown
  const now = wiring.clock.now()
  return judgeCached(wiring, token, options, now) ?? judgeStored(wiring, token, options, now)
}

/** The part of it that needs no storage. Null: the cache may not answer, or knows no session of that id. */
export function verifyWarm(wiring: Wiring, text: string, options?: VerifyOptions): Verification | null {
  const token = hashToken(text)
  return token === null ? unknown : judgeCached(wiring, token, options, wiring.clock.now())
}

/**
 * The cache may answer while it is provably current. Of uses in other processes it is not told: a session that
 * seems to be idle is let go of, and the storage is asked.
 */
function judgeCached(
  wiring: Wiring,
  { id, secretHash }: HashedToken,
  options: VerifyOptions | undefined,
  now: Instant,
): Verification | null {
  const found = wiring.coherence.isCurrent() ? wiring.cache.get(id) : undefined
  if (found === undefined) return null
  const answer = judge(wiring, found, found.secretHash, secretHash, options, now)
  if (answer !== idle) return answer
  wiring.cache.drop({ kind: 'session', id, userId: found.userId })
  return null
}

/** Judged as of `now`, which was before the read: every use up to then is either in the store or noted. */
async function judgeStored(
  wiring: Wiring,
  { id, secretHash }: HashedToken,
  options: VerifyOptions | undefined,
  now: Instant,
): Promise<Verification> {
  const found = await load(wiring, id, now)
  if (found === null) return unknown
  return judge(wiring, found, secretHashText(found.secretHash), secretHash, options, now)
}

function judge(
  wiring: Wiring,
  found: SessionFacts,
  keptHash: SecretHash,
  shownHash: SecretHash,
  options: VerifyOptions | undefined,
  now: Instant,
): Verification {
  // Whoever has not the secret learns nothing: not even that there is such a session.
  if (!equalTextInConstantTime(keptHash, shownHash)) return unknown

  const status = sessionStatus(found, wiring.policy, now)
  if (status === 'ended') return howItEnded(found)
  if (status !== 'live') return status === 'idle' ? idle : expired

  const shown = options?.activity === 'background' ? found : afterUse(wiring, found, now)
  return { active: true, session: sessionView(shown, wiring.policy, now) }
}

function howItEnded(found: SessionFacts): Verification {
  return found.endReason === 'expired' || found.endReason === 'idle-timeout' ? expired : revoked
}

async function load(wiring: Wiring, id: SessionId, now: Instant): Promise<SessionRecord | null> {
  const { activity, cache, policy, storage } = wiring
  const underway = cache.startLoad(id, now)
  const notedBefore = activity.noted(id)
  const writesBefore = activity.writes
  let toKeep: SessionRecord | null = null
  try {
    const stored = await storage.sessions.find(id)
    if (stored === null) return null
    const record = activity.withNewestUse(stored, notedBefore)
    const isLive = sessionStatus(record, policy, now) === 'live'
    if (isLive && activity.writes === writesBefore) toKeep = record
    return record
  } finally {
    cache.finishLoad(underway, toKeep)
  }
}

/** Hands the use to the activity writer when it is worth recording. Gives the session as it is then. */
function afterUse({ activity, cache }: Wiring, found: SessionFacts, now: Instant): SessionFacts {
  if (!activityIsDue(found.lastAccessedAt, now) || !activity.note(found.id, now)) return found
  // The entry may be another one: of a load that ended first, or of a session renewed since. It takes the use only.
  const cached = cache.noteUse(found.id, now)
  return cached === found ? found : { ...found, lastAccessedAt: now }
}
