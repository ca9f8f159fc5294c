import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseToken } from '../model/session-token.ts'
import { apiUnderTest, cookieName, watchedStorage } from './api-under-test.fake.ts'

const list = '/api/v1/security/sessions'

/** What a browser or a proxy can put into a header: bytes, without NUL, CR and LF, which no server passes on. */
const headerText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.tuple(fc.nat({ max: 65_536 }), fc.string({ minLength: 1, maxLength: 3 })).map(([length, text]) => {
      return text.repeat(length).slice(0, length)
    }),
    fc.base64String({ maxLength: 120 }),
  )
  .map((text) =>
    Buffer.from(text, 'utf8')
      .toString('latin1')
      .replace(/[\0\r\n]/g, ''),
  )

/** A real token with something wrong in it. */
function mutated(token: string): fc.Arbitrary<string> {
  const position = fc.nat({ max: token.length - 1 })
  return fc.oneof(
    fc.tuple(position, fc.integer({ min: 33, max: 126 })).map(([at, code]) => {
      return token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1)
    }),
    position.map((length) => token.slice(0, length)),
    headerText.map((text) => token + text),
    headerText.map((text) => text + token),
    fc.constantFrom(token.toUpperCase(), `"${token}"`, `${token} `, encodeURIComponent(token), `${token}%00`),
    fc.constantFrom(token.replace('.', '..'), token.replace('.', '%2E'), token.split('.')[0] ?? ''),
  )
}

it('thousands of tokens that are none are all 401, and none of a wrong shape reaches the store', async () => {
  const watched = watchedStorage()
  const under = await apiUnderTest({ storage: watched.storage })
  const { token } = await under.signIn('ann')
  const bad = fc.oneof(headerText, mutated(token)).filter((text) => text.trim() !== token)
  await fc.assert(
    fc.asyncProperty(bad, fc.constantFrom('cookie', 'bearer', 'twice'), async (text, where) => {
      watched.operations.length = 0
      const cookie =
        where === 'twice' ? `${cookieName}=${token}; ${cookieName}=${text}` : `${cookieName}=${text}`
      const headers = where === 'bearer' ? { authorization: `Bearer ${text}` } : { cookie }
      const answer = await under.call(list, { headers })
      // What stands behind a semicolon is another cookie: the rest may be the real token.
      const isRealAfterAll = where === 'cookie' && text.split(';').some((part) => part.trim() === token)
      expect([401, isRealAfterAll ? 200 : 401]).toContain(answer.status)
      const mayLookUp = text.split(/[; ]/).some((part) => parseToken(part.trim()) !== null)
      // Two cookies are written down, once a minute; nothing is looked up for them.
      const lookedUp = watched.operations.filter((operation) => operation !== 'events.append')
      if (!mayLookUp || where === 'twice') expect(lookedUp).toEqual([])
    }),
    { numRuns: 10_000 },
  )
  expect(under.errors).toEqual([])
}, 60_000)

it('no text in a body makes anything but a refusal or "unknown" of itself', async () => {
  const watched = watchedStorage()
  const under = await apiUnderTest({
    storage: watched.storage,
    authenticateService: async () => ({ id: 'key_1' }),
  })
  const text = fc.string({ unit: 'binary', maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(text, async (token) => {
      const answer = await under.call('/api/v1/sessions/verify', { bearer: 'k', json: { token } })
      expect(await answer.json()).toEqual({ active: false, reason: 'unknown' })
    }),
    { numRuns: 500 },
  )
  expect(watched.operations).toEqual([])
}, 60_000)

it('no id in a path reaches the store unless it has the shape of one', async () => {
  const watched = watchedStorage()
  const under = await apiUnderTest({ storage: watched.storage })
  const { token } = await under.signIn('ann')
  await under.call(list, { cookie: token })
  const segment = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 200 })
    .map((text) => encodeURIComponent(text.toWellFormed()))
  await fc.assert(
    fc.asyncProperty(segment, async (id) => {
      watched.operations.length = 0
      const answer = await under.call(`${list}/${id}`, { method: 'DELETE', cookie: token })
      // `.` and `..` are taken out of a URL before it is sent.
      expect([404, 405, 200]).toContain(answer.status)
      if (answer.status === 200) expect(['.', '%2E']).toContain(id)
      else expect(watched.operations).toEqual([])
    }),
    { numRuns: 500 },
  )
}, 60_000)
