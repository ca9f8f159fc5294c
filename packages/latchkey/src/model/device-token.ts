import { equalInConstantTime, hmacSha256, toBase64Url } from '../foundation/bytes.ts'
import { type DeviceId, isDeviceId } from './device.ts'

/** `<id>.<signature>`: 28 characters, a dot, 22 of base64url. */
const tokenPattern = /^(dev_[a-z2-7]{24})\.([A-Za-z0-9_-]{22})$/

/** In bytes: HMAC-SHA-256 cut to half its length, the least that RFC 2104, section 5, recommends. */
const signatureLength = 16

/** What a browser keeps to be known again, by one user only: the signature covers the user's id, the text does not hold it. */
export function formatDeviceToken(key: Uint8Array, id: DeviceId, userId: string): string {
  return `${id}.${toBase64Url(signature(key, id, userId))}`
}

/** The device that the first of the tokens names that was made for this user; null when none was. Never throws. */
export function deviceOfTokens(key: Uint8Array, tokens: readonly unknown[], userId: string): DeviceId | null {
  for (const token of tokens) {
    const [, id, signed] = typeof token === 'string' ? (tokenPattern.exec(token) ?? []) : []
    if (signed === undefined || !isDeviceId(id)) continue
    const expected = Buffer.from(toBase64Url(signature(key, id, userId)))
    if (equalInConstantTime(Buffer.from(signed), expected)) return id
  }
  return null
}

/** How many devices the tokens name that were not made for this user; that those were ever made is not looked at. */
export function devicesOfOthers(key: Uint8Array, tokens: readonly string[], userId: string): number {
  const others = tokens.filter(
    (token) => isDeviceToken(token) && deviceOfTokens(key, [token], userId) === null,
  )
  return new Set(others.map((token) => token.split('.', 1)[0])).size
}

/** Whether the text has the shape of a device token; says nothing of who made it. */
export function isDeviceToken(text: unknown): text is string {
  return typeof text === 'string' && tokenPattern.test(text)
}

function signature(key: Uint8Array, id: DeviceId, userId: string): Uint8Array {
  return hmacSha256(key, `${id}.${userId}`).subarray(0, signatureLength)
}
