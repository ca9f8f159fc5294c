import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asked, apiKey, type TwoRoads, twoRoads } from './two-roads.fake.ts'

let roads: TwoRoads
let live: string

beforeAll(async () => {
  roads = await twoRoads()
  const { sessions } = roads.temporary.program
  live = (await sessions.createSession({ userId: 'ann ü' })).token
  await sessions.verifySession(live)
})

afterAll(async () => {
  await roads[Symbol.asyncDispose]()
})

const key: readonly [string, string] = ['Authorization', `Bearer ${apiKey}`]
const json: readonly [string, string] = ['Content-Type', 'application/json']
const unknownToken = `ses_aaaaaaaaaaaaaaaaaaaaaaaa.${'A'.repeat(43)}`

/** `LIVE` stands for a token, which is not there yet when the table is made. */
function asked(body: string, headers: Asked['headers'] = [key, json], more: Asked = {}): Asked {
  const bytes = body.replaceAll('LIVE', live)
  const length: readonly [string, string] = ['Content-Length', String(Buffer.byteLength(bytes))]
  return {
    method: 'POST',
    target: '/api/v1/sessions/verify',
    headers: [...headers, length],
    body: bytes,
    ...more,
  }
}

async function expectSame(question: Asked): Promise<number> {
  const [fast, slow] = [await roads.fast(question), await roads.slow(question)]
  expect(fast).toEqual(slow)
  return fast.status
}

const token = '{"token":"LIVE"}'

describe('a token that a host back end asks about', () => {
  it.each<[string, string, Asked['headers'], number]>([
    ['of a live session', token, [key, json], 200],
    ['of a live session, with air', ' {\n "token" : "LIVE" }\n', [key, json], 200],
    ['that no person sent', token, [key, json, ['X-Latchkey-Activity', 'background']], 200],
    ['that is none', '{"token":"x"}', [key, json], 200],
    ['that is empty', '{"token":""}', [key, json], 200],
    ['with a key that is none', token, [['Authorization', 'Bearer nobody'], json], 401],
    ['with a session for a key', token, [['Authorization', `Bearer ${unknownToken}`], json], 401],
    ['with nonsense and a key that is none', '{', [['Authorization', 'Bearer nobody'], json], 401],
  ])('%s is answered at once as on the other road', async (_, body, headers, status) => {
    const before = roads.atOnce
    expect(await expectSame(asked(body, headers))).toBe(status)
    expect(roads.atOnce).toBe(before + 1)
  })

  it.each<[string, string, Asked['headers'], number]>([
    ['of a session that is not in the cache', `{"token":"${unknownToken}"}`, [key, json], 200],
    ['with an address', '{"token":"LIVE","ip_address":"192.0.2.1"}', [key, json], 200],
    ['with an address that is none', '{"token":"LIVE","ip_address":"x"}', [key, json], 422],
    ['that is a number', '{"token":1}', [key, json], 422],
    ['that is missing', '{}', [key, json], 422],
    ['in a list', '["LIVE"]', [key, json], 422],
    ['as null', 'null', [key, json], 422],
    ['in JSON that breaks off', '{"token":"LIVE"', [key, json], 400],
    ['in nothing', '', [key, json], 400],
    ['behind a byte order mark', `\ufeff${token}`, [key, json], 200],
    ['in a body that is long', `{"token":"LIVE","x":"${'y'.repeat(2_000)}"}`, [key, json], 200],
    ['with its character set', token, [key, ['Content-Type', 'application/json; charset=utf-8']], 200],
    ['as text', token, [key, ['Content-Type', 'text/plain']], 415],
    ['of two types', token, [key, json, ['Content-Type', 'text/plain']], 415],
    ['without a key', token, [json], 401],
    ['with two keys', token, [key, key, json], 401],
    ['with a key of another kind', token, [['Authorization', 'Basic YTpi'], json], 401],
  ])('%s is left to the other road', async (_, body, headers, status) => {
    const before = roads.atOnce
    expect(await expectSame(asked(body, headers))).toBe(status)
    expect(roads.atOnce).toBe(before)
  })

  it('by another method, or with a query, is left to the other road', async () => {
    expect(await expectSame(asked(token, [key, json], { method: 'PUT' }))).toBe(405)
    expect(await expectSame(asked(token, [key, json], { target: '/api/v1/sessions/verify?a' }))).toBe(200)
  })

  it('in a body of any make has the same answer on both roads', async () => {
    const value = fc.oneof(fc.constantFrom('LIVE', 'x', unknownToken), fc.jsonValue({ maxDepth: 1 }))
    const name = fc.constantFrom('token', 'user_agent', 'ip_address', '__proto__', 'Token')
    const object = fc
      .array(fc.tuple(name, value), { maxLength: 2 })
      .map((pairs) => `{${pairs.map(([key, of]) => `${JSON.stringify(key)}:${JSON.stringify(of)}`).join()}}`)
    await fc.assert(
      fc.asyncProperty(fc.oneof(object, fc.json({ maxDepth: 1 })), async (body) => {
        await expectSame(asked(body))
      }),
      { numRuns: 200 },
    )
  })
})

it('a client that goes away before its body is whole leaves nothing behind', async () => {
  const question = asked(token)
  const cut = roads.fast({ ...question, headers: [key, json, ['Content-Length', '500']], isCut: true })
  await expect(cut).rejects.toThrow()
  expect(await expectSame(question)).toBe(200)
})

it('an ended session is refused at once, and a closed storage is no refusal', async () => {
  await using other = await twoRoads()
  const { sessions } = other.temporary.program
  const { session, token: its } = await sessions.createSession({ userId: 'ann' })
  const question = asked(JSON.stringify({ token: its }))
  expect((await other.fast(question)).body).toContain('"active":true')
  expect((await other.fast(question)).body).toContain('"active":true')
  await sessions.invalidateSession(session.id)
  expect((await other.fast(question)).body).toBe('{"active":false,"reason":"revoked"}')
  await other.temporary.program.close()
  expect((await other.fast(question)).status).toBe(503)
})
