import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatToken,
  hashSecret,
  hashToken,
  isSessionId,
  newSecret,
  newSessionId,
  parseToken,
  secretHashText,
  shardCount,
  shardOfSession,
  shardOfUser,
} from './session-token.ts'

const userIds = fc.string({ minLength: 1, maxLength: 255, unit: 'binary' })

/** Deterministic: the last character carries two spare bits, which are zero here. */
const sample = formatToken({ id: `ses_${'a'.repeat(24)}`, secret: new Uint8Array(32) })

describe('a session id', () => {
  it('has its shape and the shard of its user, whoever that is', () => {
    fc.assert(
      fc.property(userIds, (userId) => {
        const id = newSessionId(userId)
        expect(isSessionId(id)).toBe(true)
        expect(shardOfSession(id)).toBe(shardOfUser(userId))
      }),
    )
  })

  it('spreads users over every shard', () => {
    const shards = new Set(Array.from({ length: 20_000 }, (_, index) => shardOfUser(`user ${index}`)))
    expect(shards.size).toBe(shardCount)
    expect(Math.max(...shards)).toBe(shardCount - 1)
  })

  it.each(['', 'ses_', 'ses_A', `ses_${'a'.repeat(23)}`, `ses_${'a'.repeat(25)}`, `ses_${'1'.repeat(24)}`])(
    'is not %j',
    (text) => expect(isSessionId(text)).toBe(false),
  )

  it('has no line break behind it, and is a string', () => {
    const id = newSessionId('42')
    for (const value of [
      `${id}\n`,
      ` ${id}`,
      id.toUpperCase(),
      [id],
      { toString: () => id },
      null,
      undefined,
      42,
    ]) {
      expect(isSessionId(value)).toBe(false)
    }
  })
})

describe('a token', () => {
  it('comes back from its text as it was', () => {
    const id = newSessionId('42')
    const secret = newSecret()
    const parsed = parseToken(formatToken({ id, secret }))
    expect(parsed?.id).toBe(id)
    expect(hashSecret(parsed?.secret ?? new Uint8Array())).toEqual(hashSecret(secret))
  })

  it('is hashed as its halves would be, one after the other', () => {
    const tokens = Array.from({ length: 20 }, () => ({ id: newSessionId('42'), secret: newSecret() }))
    for (const token of tokens) {
      const secretHash = secretHashText(hashSecret(token.secret))
      expect(hashToken(formatToken(token))).toEqual({ id: token.id, secretHash })
    }
  })

  it('is another one each time', () => {
    const secrets = new Set(Array.from({ length: 1_000 }, () => Buffer.from(newSecret()).toString('hex')))
    expect(secrets.size).toBe(1_000)
  })

  it('has one spelling only: of the 64 last characters, 16 are taken, each for other bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const taken = [...alphabet].filter((last) => parseToken(sample.slice(0, -1) + last) !== null)
    expect(taken).toHaveLength(16)
    const bytes = taken.map((last) => Buffer.from(`AA${last}`, 'base64url').toString('hex'))
    expect(new Set(bytes).size).toBe(16)
  })
})

describe('what is no token', () => {
  const mutations: ((token: string, at: number) => string)[] = [
    (token, at) => token.slice(0, at),
    (token, at) => `${token.slice(0, at)}\0${token.slice(at + 1)}`,
    (token, at) => `${token.slice(0, at)}\r\n${token.slice(at)}`,
    (token, at) => `${token.slice(0, at)}é${token.slice(at + 1)}`,
    (token, at) => `${token.slice(0, at)}🔑${token.slice(at + 2)}`,
    (token, at) => `${token.slice(0, at)}%00${token.slice(at + 3)}`,
    (token, at) => `${token.slice(0, at)}=${token.slice(at + 1)}`,
    (token, at) => `${token.slice(0, at)}\u00a0${token.slice(at + 1)}`,
    (token) => ` ${token}`,
    (token) => `${token} `,
    (token) => `${token}\n`,
    (token) => `${token};${token}`,
    (token) => token.toUpperCase(),
    (token) => token.replace('.', '_'),
    (token) => token.replace('.', '..'),
  ]

  it('is null: 10,000 mutated and random texts of up to 64 KiB', () => {
    const token = formatToken({ id: newSessionId('42'), secret: newSecret() })
    for (let index = 0; index < 10_000; index += 1) {
      const mutate = mutations[index % mutations.length]
      const text =
        index % 4 === 0
          ? randomBytes((index * 7) % 65_536).toString('latin1')
          : (mutate?.(token, index % token.length) ?? '')
      expect(parseToken(text) === null, `text ${index}`).toBe(true)
      expect(hashToken(text) === null, `text ${index}`).toBe(true)
    }
  })

  it('is null exactly where the pattern of a token says so, whichever character stands anywhere in one', () => {
    const pattern = /^ses_[a-z2-7]{24}\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/
    const characters = fc.oneof(fc.nat(0x7f), fc.nat(0xff_ff))
    fc.assert(
      fc.property(fc.nat(71), characters, (at, code) => {
        const text = sample.slice(0, at) + String.fromCharCode(code) + sample.slice(at + 1)
        expect(parseToken(text) !== null).toBe(pattern.test(text))
        expect(hashToken(text) !== null).toBe(pattern.test(text))
      }),
      { numRuns: 5_000 },
    )
  })

  it('is null for anything at all', () => {
    fc.assert(fc.property(fc.anything(), (value) => parseToken(value) === null && hashToken(value) === null))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseToken(text) === null))
  })

  it.each([0, 1, 71, 73, 1_000, 65_536])('is null at a length of %i', (length) => {
    expect(parseToken('a'.repeat(length))).toBeNull()
    expect(parseToken(sample.repeat(Math.ceil(length / sample.length) + 1).slice(0, length))).toBeNull()
  })
})

describe('a flipped bit', () => {
  it('makes the token no token, or one of another session or another secret', () => {
    const token = { id: newSessionId('42'), secret: newSecret() }
    const text = formatToken(token)
    for (let bit = 0; bit < text.length * 8; bit += 1) {
      const bytes = Buffer.from(text, 'latin1')
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const parsed = parseToken(bytes.toString('latin1'))
      if (parsed === null) continue
      const same = parsed.id === token.id && Buffer.compare(parsed.secret, token.secret) === 0
      expect(same, `bit ${bit}`).toBe(false)
    }
  })
})
