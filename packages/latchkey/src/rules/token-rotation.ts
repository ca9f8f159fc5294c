import { after, between, type Duration, earlier, type Instant, seconds } from '../foundation/time.ts'
import type { SessionRecord } from '../model/session.ts'
import { mostRetired, type PreviousToken, type Rotation, retiredHashLength } from '../model/token-rotation.ts'

/**
 * How long a token is good for after it got a successor that has not been used. Longer: a thief of it has longer.
 * Shorter: an answer that is slow to arrive costs a sign-in.
 */
export const tokenOverlap: Duration = seconds(30)

/** How long requests with the old token may be under way when the new one is first used. */
export const underwayGrace: Duration = seconds(5)

/**
 * What a secret is to a session. `current`: its token. `previous`: the one before, still good. `stolen`: one that was
 * good, and is not any more: two hold what one should. `unknown`: none of these, or one from before a renewal
 * that is so fresh that requests with it may be under way.
 */
export type ShownToken = 'current' | 'previous' | 'stolen' | 'unknown'

/** How a secret's hash compares; equality is for the caller, who knows how to tell it in constant time. */
export type Equal = (a: Uint8Array, b: Uint8Array) => boolean

export function shownToken(
  { secretHash, rotation }: Pick<SessionRecord, 'secretHash' | 'rotation'>,
  shown: Uint8Array,
  equal: Equal,
  now: Instant,
): ShownToken {
  if (equal(secretHash, shown)) return 'current'
  if (rotation === null) return 'unknown'
  const { previous, issuedAt } = rotation
  if (previous !== null && equal(previous.secretHash, shown)) {
    return now < previousGoodUntil(previous, issuedAt) ? 'previous' : 'stolen'
  }
  if (!isRetired(rotation.retired, shown, equal)) return 'unknown'
  // Rotations are further apart than that; a renewal may come right behind one.
  const wasRenewed = previous === null || previous.nonce === null
  return wasRenewed && between(issuedAt, now) < tokenOverlap ? 'unknown' : 'stolen'
}

/** Whether the token before may be handed its successor again. */
export function successorIsOwed({ previous }: Rotation): boolean {
  return previous !== null && previous.nonce !== null && previous.succeededAt === null
}

/** Whether the present token has not been used yet, as far as is known, while the one before is worth something. */
export function isUnconfirmed(rotation: Rotation | null): boolean {
  return rotation !== null && rotation.previous !== null && rotation.previous.succeededAt === null
}

/** The session's present token has been used. */
export function confirmed(rotation: Rotation, now: Instant): Rotation {
  const { previous } = rotation
  return previous === null ? rotation : { ...rotation, previous: { ...previous, succeededAt: now } }
}

/**
 * Whether it is time for a new token; an interval of null: it never is. A token that has a predecessor is kept for the
 * overlap at least, so that no request is under way with the one before that.
 */
export function rotationIsDue(
  interval: Duration | null,
  token: { readonly issuedAt: Instant; readonly hasPredecessor: boolean },
  now: Instant,
): boolean {
  if (interval === null) return false
  const age = between(token.issuedAt, now)
  return age >= interval && (!token.hasPredecessor || age >= tokenOverlap)
}

/** What is known of tokens once a session has got another one. A nonce of null: the old one does not get the new one. */
export function rotated(
  { secretHash, rotation, authenticatedAt, amr, roles }: SessionRecord,
  nonce: Uint8Array | null,
  now: Instant,
): Rotation {
  const previous: PreviousToken = { secretHash, nonce, succeededAt: null, authenticatedAt, amr, roles }
  return { issuedAt: now, previous, retired: withRetired(rotation?.retired ?? new Uint8Array(0), secretHash) }
}

function withRetired(retired: Uint8Array, secretHash: Uint8Array): Uint8Array {
  const kept = retired.subarray(0, (mostRetired - 1) * retiredHashLength)
  const all = new Uint8Array(retiredHashLength + kept.byteLength)
  all.set(secretHash.subarray(0, retiredHashLength))
  all.set(kept, retiredHashLength)
  return all
}

function isRetired(retired: Uint8Array, shown: Uint8Array, equal: Equal): boolean {
  const beginning = shown.subarray(0, retiredHashLength)
  let found = false
  for (let at = 0; at + retiredHashLength <= retired.byteLength; at += retiredHashLength) {
    if (equal(retired.subarray(at, at + retiredHashLength), beginning)) found = true
  }
  return found
}

function previousGoodUntil({ succeededAt }: PreviousToken, issuedAt: Instant): Instant {
  const overlapEnd = after(issuedAt, tokenOverlap)
  if (succeededAt === null) return overlapEnd
  return earlier(after(succeededAt, underwayGrace), overlapEnd)
}
