import { equalInConstantTime, hmacSha256, toBase64Url } from '../foundation/bytes.ts'
import { type Instant, instantOf } from '../foundation/time.ts'
import type { AlertId } from './alert.ts'
import { isAlertId } from './alert-id.ts'

/** `<alert id>.<expiry in base 36>.<signature>`: 30 characters, a dot, 8 or 9, a dot, 43 of base64url. */
const tokenPattern = /^(alr_[a-z2-7]{26})\.([0-9a-z]{1,11})\.([A-Za-z0-9_-]{43})$/

/** What such a token says before anybody has looked whether it is signed. */
export interface ClaimedAlert {
  readonly alertId: AlertId
  readonly expiresAt: Instant
  readonly signature: string
}

/**
 * What a link in a mail carries: the right to answer one alert in the place of its user, until then, and nothing else. The
 * signature covers the user's id, the text does not hold it.
 */
export function formatAlertToken(key: Uint8Array, id: AlertId, userId: string, expiresAt: Instant): string {
  return `${id}.${expiresAt.toString(36)}.${sign(key, id, userId, expiresAt)}`
}

/** Null for what has not the shape of one. Never throws. */
export function readAlertToken(text: unknown): ClaimedAlert | null {
  const [, id, expiry = '', signature] = typeof text === 'string' ? (tokenPattern.exec(text) ?? []) : []
  if (signature === undefined || !isAlertId(id)) return null
  const expiresAt = Number.parseInt(expiry, 36)
  // The one way to write it only: a link has one form.
  if (!Number.isSafeInteger(expiresAt) || expiresAt.toString(36) !== expiry) return null
  return { alertId: id, expiresAt: instantOf(expiresAt), signature }
}

/** Whether it was signed for this user, compared in constant time. Says nothing of whether it is over. */
export function isSignedFor(key: Uint8Array, claimed: ClaimedAlert, userId: string): boolean {
  const expected = sign(key, claimed.alertId, userId, claimed.expiresAt)
  return equalInConstantTime(Buffer.from(claimed.signature), Buffer.from(expected))
}

function sign(key: Uint8Array, id: AlertId, userId: string, expiresAt: Instant): string {
  return toBase64Url(hmacSha256(key, `${id}.${expiresAt}.${userId}`))
}
