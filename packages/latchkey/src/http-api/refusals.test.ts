import { beforeEach, describe, expect, it, vi } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { days } from '../foundation/time.ts'
import {
  type ApiUnderTest,
  apiKey,
  apiUnderTest,
  cookieName,
  problemOf,
  watchedStorage,
} from './api-under-test.fake.ts'
import { problemSchema } from './problem-schema.ts'

const list = '/api/v1/security/sessions'
let under: ApiUnderTest

beforeEach(async () => {
  under = await apiUnderTest()
})

/** An answer without what differs from request to request. */
async function anonymous(answer: Response): Promise<unknown> {
  const { request_id, ...problem } = problemSchema.parse(await answer.json())
  const { 'x-request-id': header, 'set-cookie': _, ...headers } = Object.fromEntries(answer.headers)
  expect(header).toBe(request_id)
  return { status: answer.status, problem, headers }
}

it('a missing, unknown, expired, ended, malformed or doubtful credential has one and the same answer', async () => {
  const good = await under.signIn('ann')
  const [ended, old] = [await under.signIn('ann'), await under.signIn('ann', { expiresInDays: 1 })]
  await under.sessions.invalidateSession(ended.session.id)
  under.pass(days(1))
  const header = (cookie: string) => ({ headers: { cookie } })
  const calls = [
    {},
    { cookie: ended.token },
    { cookie: old.token },
    { cookie: `${good.session.id}.${'A'.repeat(43)}` },
    { cookie: `ses_${'a'.repeat(24)}.${'A'.repeat(43)}` },
    { cookie: 'x' },
    { cookie: '' },
    { bearer: 'x' },
    { bearer: ended.token },
    { bearer: apiKey },
    { cookie: good.token, bearer: good.token },
    header(`${cookieName}=${good.token}; ${cookieName}=${good.token}`),
    header(`\u00a0${cookieName}=${good.token}`),
    header(`latchkey=${good.token}`),
    header(`${cookieName.toLowerCase()}=${good.token}`),
    header(`${cookieName}="${good.token}"`),
    header(`${cookieName}=${good.token.replace('_', '%5F')}`),
    { headers: { authorization: `Basic ${good.token}` } },
    { headers: { authorization: 'Bearer' } },
    { headers: { 'x-session-token': good.token } },
  ]
  const answers = await Promise.all(calls.map(async (call) => anonymous(await under.call(list, call))))
  const inUrl = await under.call(`${list}?token=${good.token}&${cookieName}=${good.token}`)
  answers.push(await anonymous(inUrl))
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]).toMatchObject({
    status: 401,
    problem: { code: 'unauthenticated' },
    headers: {
      'www-authenticate': 'Bearer realm="latchkey"',
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
    },
  })
  expect((await under.call(list, { cookie: good.token })).status).toBe(200)
})

it('only a planted cookie is cleared: the cookie of a later sign-in must not suffer from an old request', async () => {
  const { session, token } = await under.signIn('ann')
  await under.sessions.invalidateSession(session.id)
  expect((await under.call(list, { cookie: token })).headers.getSetCookie()).toEqual([])
  const planted = await under.call(list, { headers: { cookie: `${cookieName}=a; ${cookieName}=b` } })
  expect(planted.headers.getSetCookie()).toHaveLength(3)
})

it('the id of a request is made here, whatever the client sends', async () => {
  const sent = 'req_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
  const answer = await under.call(list, { headers: { 'x-request-id': sent } })
  const { request_id } = await problemOf(answer)
  expect(request_id).toMatch(/^req_[0-9a-f]{32}$/)
  expect(request_id).not.toBe(sent)
  expect(under.answered.at(-1)?.requestId).toBe(request_id)
})

describe('a request that changes something by cookie', () => {
  const foreign = [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]

  it.each(foreign)('is refused with %j, whatever the cookie is worth', async (headers) => {
    const { session, token } = await under.signIn('ann')
    for (const cookie of [token, 'x']) {
      const answer = await under.call(list, { method: 'DELETE', cookie, headers })
      expect(answer.status).toBe(403)
      expect((await problemOf(answer)).code).toBe('cross-site-request')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect((await under.sessions.getSession(session.id))?.isActive).toBe(true)
  })

  it.each<[string | null, number]>([
    [null, 403],
    ['null', 403],
    ['https://evil.example.net', 403],
    ['https://app.example.com', 200],
  ])('needs the right Origin where the browser sends no Sec-Fetch-Site: %j is %i', async (from, status) => {
    const { token } = await under.signIn('ann')
    const headers: Record<string, string> = from === null ? {} : { origin: from }
    const answer = await under.call(list, { method: 'DELETE', cookie: token, site: null, headers })
    expect(answer.status).toBe(status)
  })

  it('may read, and may act by bearer token', async () => {
    const { token } = await under.signIn('ann')
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await under.call(list, { cookie: token, headers })).status).toBe(200)
    expect((await under.call(list, { method: 'DELETE', bearer: token, headers })).status).toBe(200)
  })

  it('is not let in by a header that names another method', async () => {
    const { session, token } = await under.signIn('ann')
    const headers = { 'x-http-method-override': 'DELETE', 'sec-fetch-site': 'cross-site' }
    await under.call(`${list}?_method=DELETE`, { cookie: token, headers })
    expect((await under.sessions.getSession(session.id))?.isActive).toBe(true)
  })
})

describe('a path or method that is not known', () => {
  it.each([
    '/',
    '/api',
    '/api/v1/nothing',
    `${list}/`,
    `${list}/a/b`,
    '/api/v1//security/sessions',
    '/%',
    '/%ff',
  ])('%s is 404', async (path) => {
    const answer = await under.call(path)
    expect(answer.status).toBe(404)
    expect((await problemOf(answer)).code).toBe('not-found')
  })

  it.each<[string, string, string]>([
    ['POST', list, 'GET, DELETE, HEAD'],
    ['PATCH', `${list}/ses_a`, 'DELETE'],
    ['GET', '/api/v1/sessions', 'POST'],
    ['GET', '/api/v1/sessions/verify', 'POST'],
    ['OPTIONS', `${list}/count`, 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ])('%s %s is 405 and names %s', async (method, path, allow) => {
    const answer = await under.call(path, { method })
    expect(answer.status).toBe(405)
    const methods = answer.headers.get('allow')?.split(', ') ?? []
    expect(methods).toEqual(expect.arrayContaining(allow.split(', ')))
    expect((await problemOf(answer)).code).toBe('method-not-allowed')
  })

  it('answers no preflight', async () => {
    const headers = { origin: 'https://evil.example.net', 'access-control-request-method': 'DELETE' }
    const answer = await under.call(list, { method: 'OPTIONS', headers })
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('a body', () => {
  const post = (
    body: RequestInit['body'],
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => under.call('/api/v1/sessions', { bearer: apiKey, body, headers })

  it.each(['', '{', '{"user_id":"ann"', 'nope', '{"user_id":ann}', '\0', '\ufeff{}x'])(
    '%j that is no JSON is 400',
    async (body) => {
      const answer = await post(body)
      expect([answer.status, (await problemOf(answer)).code]).toEqual([400, 'malformed-request'])
    },
  )

  it('of another media type is 415, so that no form of another site passes for JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/xml',
    ]) {
      expect((await post('{"user_id":"ann"}', { 'content-type': type })).status).toBe(415)
    }
  })

  it('of 64 KiB is read, one byte more is 413, with or without a length', async () => {
    const json = (size: number) => `{"user_id":"ann","x":"${'y'.repeat(size - 24)}"}`
    expect((await post(json(65_536))).status).toBe(201)
    const answer = await post(json(65_537))
    expect([answer.status, (await problemOf(answer)).code]).toEqual([413, 'body-too-large'])
    expect(
      (await post(json(65_537), { 'content-type': 'application/json', 'content-length': '65537' })).status,
    ).toBe(413)
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(4_096)),
    })
    expect((await post(endless)).status).toBe(413)
  })

  it('that breaks off while it is read is 4xx', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
    const answer = await post(broken)
    expect(answer.status).toBe(400)
  })

  it('nested without measure is no defect', async () => {
    expect((await post('['.repeat(60_000))).status).toBe(400)
    expect((await post(`{"user_id":"ann","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)).status).toBe(201)
  })
})

describe('while the storage is away', () => {
  it.each([
    new LatchkeyError('storage-unavailable', 'away: postgres://user:canary@db'),
    new LatchkeyError('storage-busy', 'canary'),
    new LatchkeyError('storage-failed', 'canary'),
    new LatchkeyError('closed', 'canary'),
  ])('every route is 503 with Retry-After, never 401, never 200 ($code)', async (failure) => {
    const watched = watchedStorage()
    under = await apiUnderTest({ storage: watched.storage })
    const { session } = await under.signIn('ann')
    const unseen = `${session.id}.${'A'.repeat(43)}`
    watched.failure = failure
    const json = { user_id: 'ann', token: unseen }
    const answers = await Promise.all([
      under.call(list, { cookie: unseen }),
      under.call(`${list}/events`, { cookie: unseen }),
      under.call(list, { method: 'DELETE', bearer: unseen }),
      under.call('/api/v1/forward-auth', { cookie: unseen }),
      under.call('/api/v1/sessions', { bearer: apiKey, json }),
      under.call('/api/v1/sessions/verify', { bearer: apiKey, json }),
      under.call('/api/v1/introspect', { bearer: apiKey, body: new URLSearchParams({ token: unseen }) }),
      under.call('/api/v1/users/ann/sessions', { bearer: apiKey }),
      under.call('/api/v1/users/ann/sessions/count', { bearer: apiKey }),
      under.call('/api/v1/users/ann/sessions/analytics', { bearer: apiKey }),
      under.call('/api/v1/users/ann/sessions', { bearer: apiKey, method: 'DELETE' }),
      under.call(`/api/v1/users/ann/sessions/${session.id}`, { bearer: apiKey, method: 'DELETE' }),
    ])
    for (const answer of answers) {
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('2')
      const text = await answer.text()
      expect(text).toContain('storage-unavailable')
      expect(text).not.toContain('canary')
    }
    expect(under.errors).toContain(failure)
  })
})

it('a defect is 500, told to the application and not to the client', async () => {
  const defect = new Error('canary')
  under = await apiUnderTest({ authenticateService: () => Promise.reject(defect) })
  const answer = await under.call('/api/v1/users/ann/sessions', { bearer: apiKey })
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toContain('canary')
  expect(under.errors).toEqual([defect])
})

it('a log that fails takes no answer with it', async () => {
  const warnings: unknown[] = []
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(warning))
  const broken = (): never => {
    throw new Error('disk full')
  }
  under = await apiUnderTest({
    onRequest: broken,
    onRequestError: broken,
    authenticateService: () => Promise.reject(new Error('defect')),
  })
  expect((await under.call(list)).status).toBe(401)
  expect((await under.call('/api/v1/users/ann/sessions', { bearer: apiKey })).status).toBe(500)
  expect(warnings).toHaveLength(3)
  warn.mockRestore()
})

it('even something thrown that is no error is answered', async () => {
  under = await apiUnderTest({ authenticateService: () => Promise.reject('canary') })
  const answer = await under.call('/api/v1/users/ann/sessions', { bearer: apiKey })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([500, 'no-store'])
  expect(await answer.text()).not.toContain('canary')
})

it('the log is told the pattern of the route and never the path', async () => {
  const { token } = await under.signIn('ann')
  await under.call(`${list}/ses_canary`, { method: 'DELETE', cookie: token })
  await under.call('/canary')
  expect(under.answered.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['DELETE', `${list}/:session_id`, 404],
    ['GET', 'unmatched', 404],
  ])
})
