import type { Instant } from '../foundation/time.ts'
import { type HashedToken, hashToken } from '../model/session-token.ts'
import { judge, outcomes } from './judge-session.ts'
import { lastUse, noticeChanges } from './session-changes.ts'
import type { Verification, VerifyOptions } from './verification.ts'
import { findCached, verifyStored } from './verify-stored.ts'
import type { Wiring } from './wiring.ts'

export type { Verification, VerifyOptions } from './verification.ts'

/**
 * The whole story of a request, in order: the cache, while it may answer; one primary-key read otherwise, and two
 * where the token is refused.
 */
export async function verifySession(
  wiring: Wiring,
  text: string,
  options?: VerifyOptions,
): Promise<Verification> {
  // What has not the shape of a token costs no look at anything.
  const token = hashToken(text)
  const now = wiring.clock.now()
  const verification =
    token === null
      ? outcomes.unknown
      : (verifyCached(wiring, token, options, now) ?? (await verifyStored(wiring, token, options, now)))
  wiring.verifications.count(verification)
  return verification
}

/** The part of it that needs no storage. Null: the cache may not answer, or knows too little of that session. */
export function verifyWarm(wiring: Wiring, text: string, options?: VerifyOptions): Verification | null {
  const token = hashToken(text)
  const verification =
    token === null ? outcomes.unknown : verifyCached(wiring, token, options, wiring.clock.now())
  if (verification !== null) wiring.verifications.count(verification)
  return verification
}

/**
 * The cache may answer while it is provably current. Of uses in other processes it is not told: a session that
 * seems to be idle is let go of, and the storage is asked. So it is where there is something to do: a token may be one
 * from before, or the session is used from another network.
 */
function verifyCached(
  wiring: Wiring,
  { id, secretHash }: HashedToken,
  options: VerifyOptions | undefined,
  now: Instant,
): Verification | null {
  // One with another secret may be a token from before. If it is none, it is refused as one of no session is.
  const found = findCached(wiring, { id, secretHash })
  if (found === null) return null
  const lastUsedAt = lastUse(found)
  const answer = judge(wiring, found, options, now)
  if (answer === 'network-changed') return null
  if (answer.active) noticeChanges(wiring, found, options, lastUsedAt, now)
  if (answer !== outcomes.idle) return answer
  wiring.cache.drop({ kind: 'session', id, userId: found.userId })
  return null
}
