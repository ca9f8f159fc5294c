import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'

/**
 * In bytes, random for each seal. NIST SP 800-38D, section 8.3: with random nonces of 96 bits a key may seal at
 * most 2^32 times, beyond which two seals by one nonce grow likely enough to give both away; `sealsPerKey` in
 * `data-key` stays far below.
 */
const nonceLength = 12
const tagLength = 16
const leastLength = nonceLength + tagLength

/** The nonce, what was sealed, and the tag. `place` says what it is and where it stands: it opens nowhere else. */
export function seal(key: KeyObject, place: string, content: Uint8Array | string): Buffer {
  const nonce = randomBytes(nonceLength)
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagLength })
  sealing.setAAD(Buffer.from(place))
  const sealed = sealing.update(typeof content === 'string' ? Buffer.from(content) : content)
  sealing.final()
  return Buffer.concat([nonce, sealed, sealing.getAuthTag()])
}

/** What was sealed by this key for this place; null for everything else, whatever it is. */
export function unseal(key: KeyObject, place: string, sealed: Uint8Array): Buffer | null {
  if (sealed.byteLength < leastLength) return null
  const end = sealed.byteLength - tagLength
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
  opening.setAAD(Buffer.from(place))
  opening.setAuthTag(sealed.subarray(end))
  const content = opening.update(sealed.subarray(nonceLength, end))
  try {
    opening.final()
    return content
  } catch {
    return null
  }
}

/** Eight characters that name the key, a dot, and at least `leastLength` bytes in base64url. */
const sealedPattern = /^[a-z2-7]{8}\.[A-Za-z0-9_-]{38,}$/

/** In characters, the dot not counted. */
export const keyIdLength = 8

/** The id of the key that sealed the text; null for a text that is in clear. */
export function keyIdOf(text: string): string | null {
  return sealedPattern.test(text) ? text.slice(0, keyIdLength) : null
}
