import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  base32,
  deriveKey,
  equalInConstantTime,
  fromBase64Url,
  hmacSha256,
  randomBase32,
  sha256,
  toBase64Url,
} from './bytes.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('base32', () => {
  // RFC 4648 section 10, in lower case and without padding.
  it.each([
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('writes %s as %s, up to the last whole character', (text, expected) => {
    const whole = Math.floor((text.length * 8) / 5)
    expect(base32(ascii(text), whole)).toBe(expected.slice(0, whole))
  })

  it('tells any two inputs of whole characters apart', () => {
    const fiveBytes = fc.uint8Array({ minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fiveBytes, fiveBytes, (a, b) => {
        expect(base32(a, 8) === base32(b, 8)).toBe(hex(a) === hex(b))
      }),
    )
  })

  it('makes random text of the length asked for, in its alphabet', () => {
    for (const length of [1, 2, 7, 8, 22])
      expect(randomBase32(length)).toMatch(new RegExp(`^[a-z2-7]{${length}}$`))
    expect(randomBase32(22)).not.toBe(randomBase32(22))
  })
})

describe('base64url', () => {
  it('brings back the bytes that were written', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => hex(fromBase64Url(toBase64Url(bytes))) === hex(bytes)))
  })
})

describe('digests', () => {
  it('agree with the published vectors', () => {
    // FIPS 180-4 for `abc`; RFC 4231 test case 2.
    expect(hex(sha256('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hex(hmacSha256(ascii('Jefe'), 'what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })

  it('derive another key for another purpose or another secret', () => {
    const keys = [
      deriveKey(new Uint8Array(32), 'one'),
      deriveKey(new Uint8Array(32), 'two'),
      deriveKey(new Uint8Array(32).fill(1), 'one'),
    ]
    expect(new Set(keys.map(hex)).size).toBe(3)
    expect(hex(deriveKey(new Uint8Array(32), 'one'))).toBe(hex(keys[0] ?? new Uint8Array()))
    expect(keys[0]?.byteLength).toBe(32)
  })
})

describe('equalInConstantTime', () => {
  it('is true for equal bytes only, and false, not an error, for another length', () => {
    expect(equalInConstantTime(ascii('secret'), ascii('secret'))).toBe(true)
    expect(equalInConstantTime(ascii('secret'), ascii('secreT'))).toBe(false)
    expect(equalInConstantTime(ascii('secret'), ascii('secre'))).toBe(false)
    expect(equalInConstantTime(new Uint8Array(), new Uint8Array())).toBe(true)
  })
})
