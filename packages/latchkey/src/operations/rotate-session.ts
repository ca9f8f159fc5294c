import { equalInConstantTime, hmacSha256, randomSecret } from '../foundation/bytes.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import { type SessionRecord, systemActor } from '../model/session.ts'
import { formatToken, hashSecret, parseToken, type SessionToken } from '../model/session-token.ts'
import { sessionStatus } from '../rules/session-status.ts'
import { sessionView } from '../rules/session-view.ts'
import { rotated, shownToken, successorIsOwed } from '../rules/token-rotation.ts'
import type { RequestOptions } from './change-options.ts'
import { checkObject, checkRequestId } from './check-argument.ts'
import type { CreatedSession } from './create-session.ts'
import { endStolen } from './end-stolen.ts'
import { findWithNewestUse, mostAttempts, replaceFinally } from './renew-session.ts'
import type { Wiring } from './wiring.ts'

const nonceLength = 32

/**
 * Of many calls with one token one writes down the random number from which, with the token, its successor is made;
 * the others find it there and make the same.
 */
export async function rotateSession(
  wiring: Wiring,
  text: string,
  options: RequestOptions = {},
): Promise<CreatedSession | null> {
  checkObject('options', options)
  const request = checkRequestId(options.request)
  const token = parseToken(text)
  if (token === null) return null
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const now = wiring.clock.now()
    const outcome = await rotateOnce(wiring, token, request, now)
    if (outcome !== 'lost-race') return outcome
  }
  throw new LatchkeyError('storage-busy', 'the session is being renewed by too many at once')
}

async function rotateOnce(
  wiring: Wiring,
  token: SessionToken,
  request: string | null,
  now: Instant,
): Promise<CreatedSession | null | 'lost-race'> {
  const record = await findWithNewestUse(wiring, token.id)
  if (record === null) return null
  const shown = shownToken(record, hashSecret(token.secret), equalInConstantTime, now)
  if (shown === 'unknown' || sessionStatus(record, wiring.policy, now) !== 'live') return null
  if (shown === 'stolen') {
    await endStolen(wiring, record, request)
    return null
  }
  if (record.stage === 'pending') return null
  if (shown === 'previous') return replayed(wiring, record, token, request, now)
  return succeed(wiring, record, token, request, now)
}

/** The same successor as the first call brought. Null where the old token is not worth it, or not any more. */
async function replayed(
  wiring: Wiring,
  record: SessionRecord,
  token: SessionToken,
  request: string | null,
  now: Instant,
): Promise<CreatedSession | null> {
  const nonce = record.rotation?.previous?.nonce ?? null
  if (record.rotation === null || nonce === null || !successorIsOwed(record.rotation)) return null
  const secret = successorOf(token, nonce)
  if (!equalInConstantTime(hashSecret(secret), record.secretHash)) return null
  // It replaces nothing, and is announced all the same: a cache that has not heard of the first call would not know the successor.
  await replaceFinally(wiring, record, { at: now, by: systemActor, request, cause: 'rotation' })
  return brought(wiring, record, secret, now)
}

async function succeed(
  wiring: Wiring,
  record: SessionRecord,
  token: SessionToken,
  request: string | null,
  now: Instant,
): Promise<CreatedSession | 'lost-race'> {
  const nonce = randomSecret(nonceLength)
  const secret = successorOf(token, nonce)
  const next = {
    ...record,
    secretHash: hashSecret(secret),
    version: record.version + 1,
    rotation: rotated(record, nonce, now),
  }
  const replacing = { at: now, by: systemActor, request, cause: 'rotation' } as const
  return (await replaceFinally(wiring, next, replacing)) ? brought(wiring, next, secret, now) : 'lost-race'
}

/** Whoever has the nonce, which the storage holds, and not the old secret, which it does not, cannot make it. */
function successorOf({ id, secret }: SessionToken, nonce: Uint8Array): Uint8Array {
  return hmacSha256(secret, Buffer.concat([Buffer.from(`latchkey successor${id}`), nonce]))
}

function brought(wiring: Wiring, record: SessionRecord, secret: Uint8Array, now: Instant): CreatedSession {
  const session = sessionView(record, wiring.policy, now)
  return { session, token: formatToken({ id: record.id, secret }), device: null }
}
