import { createHmac, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** RFC 4648 base32 in lower case without padding: safe in a URL, in a file name and when read aloud. */
const base32Alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

export function base32(bytes: Uint8Array, characters: number): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bits += 8
    while (bits >= 5) {
      text += base32Alphabet[(buffer >>> (bits - 5)) & 31]
      bits -= 5
    }
    buffer &= 255
  }
  return text.slice(0, characters)
}

export function randomBase32(characters: number): string {
  return base32(randomBytes(Math.ceil((characters * 5) / 8)), characters)
}

export function randomSecret(byteLength: number): Uint8Array {
  return randomBytes(byteLength)
}

export function sha256(input: Uint8Array | string): Uint8Array {
  return hash('sha256', input, 'buffer')
}

export function hmacSha256(key: Uint8Array, input: Uint8Array | string): Uint8Array {
  return createHmac('sha256', key).update(input).digest()
}

/** A key of 32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869). Two purposes never share a key. */
export function deriveKey(masterSecret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterSecret, 'latchkey', purpose, 32))
}

export function toBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

/** The caller has checked the alphabet: what is not base64url is dropped by the decoder, not reported. */
export function fromBase64Url(text: string): Uint8Array {
  return Buffer.from(text, 'base64url')
}

/** Compares in a time that depends on the lengths only. */
export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}
