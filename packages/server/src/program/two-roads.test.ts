import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asked, type TwoRoads, twoRoads } from './two-roads.fake.ts'

let roads: TwoRoads
let live: string
let ended: string

beforeAll(async () => {
  roads = await twoRoads()
  const { sessions } = roads.temporary.program
  live = (await sessions.createSession({ userId: 'ann ü%\r\n' })).token
  const other = await sessions.createSession({ userId: 'bob' })
  ended = other.token
  for (const token of [live, ended]) await sessions.verifySession(token)
  await sessions.invalidateSession(other.session.id)
})

afterAll(async () => {
  await roads[Symbol.asyncDispose]()
})

async function expectSame(asked: Asked): Promise<number> {
  const [fast, slow] = [await roads.fast(asked), await roads.slow(asked)]
  expect(fast).toEqual(slow)
  return fast.status
}

/** `LIVE` and `ENDED` stand for tokens, which are not there yet when the table is made. */
function filledIn(headers: Asked['headers'] = []): [string, string][] {
  return headers.map(([name, value]) => [name, value.replaceAll('LIVE', live).replaceAll('ENDED', ended)])
}

const cookie = 'latchkey=LIVE'
const mine: readonly [string, string] = ['Cookie', cookie]
const unknownToken = `ses_aaaaaaaaaaaaaaaaaaaaaaaa.${'A'.repeat(43)}`

describe('a question that can be answered at once', () => {
  it.each<[string, Asked, number]>([
    ['without a credential', {}, 401],
    ['with a live session', { headers: [mine] }, 200],
    ['with a live session, by HEAD', { method: 'HEAD', headers: [['cookie', cookie]] }, 200],
    ['without a credential, by HEAD', { method: 'HEAD' }, 401],
    ['with a bearer token', { headers: [['Authorization', 'Bearer LIVE']] }, 200],
    ['with a session among other cookies', { headers: [['COOKIE', `a=1; ${cookie} ;b="2"`]] }, 200],
    ['with cookies in two headers', { headers: [['Cookie', 'a=1'], mine] }, 200],
    ['with cookie and bearer token', { headers: [mine, ['Authorization', 'Bearer LIVE']] }, 401],
    ['with a planted cookie', { headers: [['Cookie', `${cookie}; latchkey=x`]] }, 401],
    ['with a planted cookie in a header of its own', { headers: [mine, mine] }, 401],
    [
      'with two bearer tokens',
      {
        headers: [
          ['Authorization', 'Bearer LIVE'],
          ['Authorization', 'Bearer LIVE'],
        ],
      },
      401,
    ],
    ['with a cookie that is no token', { headers: [['Cookie', 'latchkey=x']] }, 401],
    ['with an empty cookie', { headers: [['Cookie', 'latchkey=']] }, 401],
    ['with a broken bearer token', { headers: [['Authorization', 'Bearer']] }, 401],
    ['with another scheme beside the cookie', { headers: [mine, ['Authorization', 'Basic YTpi']] }, 200],
    ['with a wrong secret', { headers: [['Cookie', `${cookie.slice(0, -1)}IVF`]] }, 401],
    ['of another site', { headers: [mine, ['Sec-Fetch-Site', 'cross-site'], ['Origin', 'null']] }, 200],
    ['that no person asked', { headers: [mine, ['X-Latchkey-Activity', 'background']] }, 200],
    ['that names a user itself', { headers: [mine, ['X-Latchkey-User', 'admin']] }, 200],
    ['at an address', { host: '127.0.0.1:4280', headers: [mine] }, 200],
    ['at a long name', { host: 'latchkey_1.a-b.9x.internal', headers: [mine] }, 200],
    ['over a connection that ends', { headers: [mine, ['Connection', 'close']] }, 200],
    [
      'with a usual proxy before it',
      {
        host: 'app.example.com',
        headers: [mine, ['X-Forwarded-For', '192.0.2.1'], ['X-Forwarded-Proto', 'https']],
      },
      200,
    ],
  ])('%s has the same answer on both roads', async (_, asked, status) => {
    const before = roads.atOnce
    expect(await expectSame({ ...asked, headers: filledIn(asked.headers) })).toBe(status)
    expect(roads.atOnce).toBe(before + 1)
  })
})

describe('a question that is left to the other road', () => {
  it.each<[string, Asked, number]>([
    ['about a session that is not in the cache', { headers: [['Cookie', 'latchkey=ENDED']] }, 401],
    ['about a session that never was', { headers: [['Cookie', `latchkey=${unknownToken}`]] }, 401],
    ['with a query', { target: '/api/v1/forward-auth?a=1', headers: [mine] }, 200],
    [
      'with a path behind it, as Envoy asks it',
      { target: '/api/v1/forward-auth/shop', headers: [mine] },
      200,
    ],
    ['with a path that leads elsewhere', { target: '/api/v1/forward-auth/../../../healthz' }, 400],
    ['with a slash at its end', { target: '/api/v1/forward-auth/', headers: [mine] }, 200],
    ['with its whole URL', { target: 'http://localhost:4280/api/v1/forward-auth', headers: [mine] }, 200],
    ['in capitals', { target: '/API/v1/forward-auth', headers: [mine, ['Accept', 'application/json']] }, 404],
    ['by POST', { method: 'POST', headers: [mine] }, 405],
    ['by OPTIONS', { method: 'OPTIONS', headers: [mine] }, 405],
    ['without a host', { host: null, headers: [mine] }, 400],
    ['with an empty host', { host: '', headers: [mine] }, 200],
    ['with a host that is none', { host: 'a b', headers: [mine] }, 400],
    ['with an address that is none', { host: '192.0.2.999', headers: [mine] }, 400],
    ['with a number that is no address', { host: '99999999999', headers: [mine] }, 400],
    ['with a port that is none', { host: 'app.example.com:99999', headers: [mine] }, 400],
    ['with a host in capitals', { host: 'APP.example.com', headers: [mine] }, 200],
    ['with an address of IPv6', { host: '[::1]:4280', headers: [mine] }, 200],
    ['with two hosts', { headers: [mine, ['Host', 'app.example.com']] }, 200],
    ['with a body', { headers: [mine, ['Content-Length', '3']], body: 'abc' }, 200],
    ['with an empty body', { headers: [mine, ['Content-Length', '0']] }, 200],
    ['with a body in pieces', { headers: [mine, ['Transfer-Encoding', 'chunked']], body: 'abc' }, 200],
    [
      'with a body that nobody reads',
      { headers: [mine, ['Content-Length', '70000']], body: 'a'.repeat(70_000) },
      200,
    ],
  ])('%s has the same answer', async (_, asked, status) => {
    const before = roads.atOnce
    expect(await expectSame({ ...asked, headers: filledIn(asked.headers) })).toBe(status)
    expect(roads.atOnce).toBe(before)
  })

  it('is one that the cache cannot answer for once the storage is away: 503, and not 401', async () => {
    await using other = await twoRoads()
    const { sessions } = other.temporary.program
    const { token } = await sessions.createSession({ userId: 'ann' })
    await other.temporary.program.close()
    const asked: Asked = { headers: [['Cookie', `latchkey=${token}`]] }
    const answer = await other.fast(asked)
    expect(answer).toEqual(await other.slow(asked))
    expect(answer.status).toBe(503)
    expect(answer.headers).toContain('retry-after: 2')
  })
})

describe('credentials of any make', () => {
  const value = fc.constantFrom(
    'LIVE',
    'ENDED',
    unknownToken,
    'x',
    '',
    '"LIVE"',
    'LIVE LIVE',
    'LIVE\t',
    '=LIVE',
  )
  const name = fc.constantFrom('latchkey', 'Latchkey', '__Host-latchkey', 'xlatchkey', '', 'a')
  const separator = fc.constantFrom('; ', ';', ' ; ', ', ', ';\t', ';;')
  const cookies = fc
    .array(fc.tuple(name, fc.constantFrom('=', ' =', '= ', ''), value, separator), { maxLength: 4 })
    .map((parts) => parts.map((part) => part.join('')).join(''))
  const bearer = fc
    .tuple(fc.constantFrom('Bearer ', 'bearer  ', 'BEARER', 'Basic ', 'Bearer,', ''), value)
    .map((parts) => parts.join(''))
  const header = fc.oneof(
    fc.tuple(fc.constantFrom('Cookie', 'cookie', 'COOKIE'), cookies),
    fc.tuple(fc.constantFrom('Authorization', 'authorization'), bearer),
    fc.tuple(fc.constant('X-Latchkey-Activity'), fc.constantFrom('background', 'Background', 'user', '')),
    fc.tuple(fc.constantFrom('Accept', 'Origin', 'X-Cookie'), fc.constantFrom('a', 'latchkey=LIVE')),
  )

  it('have the same answer on both roads', async () => {
    const some = fc.array(header, { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(some, fc.constantFrom('GET', 'HEAD'), async (headers, method) => {
        await expectSame({ method, headers: filledIn(headers) })
      }),
      { numRuns: 300 },
    )
  })
})

it('of both roads logs and metrics tell the same, and name no path', async () => {
  const since = roads.logLines.length
  await expectSame({ headers: filledIn([mine]) })
  await expectSame({})
  const lines = roads.logLines.slice(since).map((line) => {
    const { level, method, route, status } = JSON.parse(line) as Record<string, unknown>
    return { level, method, route, status }
  })
  expect(lines[0]).toEqual({ level: 20, method: 'GET', route: '/api/v1/forward-auth', status: 200 })
  expect(lines[2]).toEqual({ level: 30, method: 'GET', route: '/api/v1/forward-auth', status: 401 })
  expect([lines[1], lines[3]]).toEqual([lines[0], lines[2]])
})
