import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  base32,
  bytesText,
  copyAscii,
  deriveKey,
  equalInConstantTime,
  equalTextInConstantTime,
  hmacSha256,
  isBase32,
  randomBase32,
  read32Base64Url,
  sha256,
  sha256Text,
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

  it('is told from every other byte, and from the end', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      const isOne = /^[a-z2-7]$/.test(String.fromCharCode(byte))
      expect(isBase32(Uint8Array.of(65, byte, 65), 1, 1)).toBe(isOne)
    }
    expect(isBase32(ascii('aa'), 0, 3)).toBe(false)
  })

  it('makes random text of the length asked for, in its alphabet', () => {
    for (const length of [1, 2, 7, 8, 22])
      expect(randomBase32(length)).toMatch(new RegExp(`^[a-z2-7]{${length}}$`))
    expect(randomBase32(22)).not.toBe(randomBase32(22))
  })
})

describe('base64url', () => {
  const thirtyTwo = fc.uint8Array({ minLength: 32, maxLength: 32 })

  it('brings back the 32 bytes that were written, wherever they stand', () => {
    fc.assert(
      fc.property(thirtyTwo, fc.string({ maxLength: 5 }), (bytes, before) => {
        const read = new Uint8Array(32)
        expect(read32Base64Url(ascii(before + toBase64Url(bytes)), ascii(before).length, read)).toBe(true)
        expect(hex(read)).toBe(hex(bytes))
      }),
    )
  })

  it('is refused with any other character anywhere in it, and when the text is too short', () => {
    const text = toBase64Url(new Uint8Array(32).fill(0xa5))
    const into = new Uint8Array(32)
    const others = fc.nat(255)
    fc.assert(
      fc.property(fc.nat(42), others, (at, other) => {
        fc.pre(!/[A-Za-z0-9_-]/.test(String.fromCharCode(other)))
        expect(read32Base64Url(ascii(text).with(at, other), 0, into)).toBe(false)
      }),
      { numRuns: 1_000 },
    )
    for (let length = 0; length < 43; length += 1) {
      expect(read32Base64Url(ascii(text.slice(0, length)), 0, into)).toBe(false)
    }
  })
})

describe('a copy byte by byte', () => {
  it('is made of ASCII only', () => {
    const into = Buffer.alloc(3 * 100)
    const texts = fc.string({ maxLength: 100, unit: 'binary' })
    fc.assert(
      fc.property(texts, (text) => {
        const isAscii = [...text].every((character) => character <= '\x7f')
        expect(copyAscii(text, into)).toBe(isAscii)
        if (isAscii) expect(into.toString('latin1', 0, text.length)).toBe(text)
      }),
    )
    // As many bytes as the text has characters and more would fit into fewer.
    expect(copyAscii('é'.repeat(100), into)).toBe(false)
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

describe('a digest as text', () => {
  it('holds the same bytes, and is equal to itself only', () => {
    const texts = ['one', 'two'].map((text) => sha256Text(ascii(text)))
    expect(texts).toEqual(['one', 'two'].map((text) => bytesText(sha256(text))))
    expect(equalTextInConstantTime(sha256Text(ascii('one')), texts[0] ?? '')).toBe(true)
    expect(equalTextInConstantTime(texts[1] ?? '', texts[0] ?? '')).toBe(false)
    expect(equalTextInConstantTime('', texts[0] ?? '')).toBe(false)
  })

  it('is unequal where any bit of it is another one', () => {
    const digest = sha256('abc')
    for (let bit = 0; bit < 256; bit += 1) {
      const flipped = Uint8Array.from(digest)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(equalTextInConstantTime(bytesText(flipped), bytesText(digest))).toBe(false)
    }
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
