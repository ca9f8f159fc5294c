import { beforeEach, describe, expect, it } from 'vitest'
import { days } from '../../foundation/time.ts'
import { sessionAnalyticsSchema } from '../analytics-schema.ts'
import { type ApiUnderTest, apiKey, apiUnderTest, problemOf } from '../api-under-test.fake.ts'
import {
  createdSessionResponseSchema,
  revokeSessionResponseSchema,
  revokeSessionsResponseSchema,
  sessionCountResponseSchema,
  sessionsResponseSchema,
  verifyResponseSchema,
} from '../session-schemas.ts'

let under: ApiUnderTest

beforeEach(async () => {
  under = await apiUnderTest()
})

const create = (json: unknown, headers: Record<string, string> = {}) =>
  under.call('/api/v1/sessions', { bearer: apiKey, json, headers })

describe('creating a session', () => {
  it('brings the session and its token', async () => {
    const answer = await create({
      user_id: 'ann',
      device_info: {
        type: 'desktop',
        browser: 'Chrome',
        browser_version: '142',
        os: 'Windows',
        location: null,
      },
      ip_address: '::FFFF:192.0.2.1',
      user_agent: 'Agent/1.0',
      client_hints: { 'sec-ch-ua-platform': '"Windows"' },
      expires_in_days: 2,
      amr: ['pwd', 'otp'],
      unheard_of: { nested: true },
    })
    expect(answer.status).toBe(201)
    const { session, token } = createdSessionResponseSchema.parse(await answer.json())
    expect(session).toMatchObject({
      user_id: 'ann',
      ip_address: '192.0.2.1',
      expires_at: '2026-01-03T00:00:00.000Z',
      is_current: false,
      device_info: { type: 'desktop', browser: 'Chrome', browser_version: '142', os: 'Windows' },
    })
    expect(await under.sessions.verifySession(token)).toMatchObject({
      active: true,
      session: { id: session.id, amr: ['pwd', 'otp'], userAgent: 'Agent/1.0' },
    })
  })

  it('takes an integer as its decimal string', async () => {
    const answer = await create({ user_id: 42 })
    expect(createdSessionResponseSchema.parse(await answer.json()).session.user_id).toBe('42')
    expect(await under.sessions.getSessionCountByUser('42')).toBe(1)
  })

  it('brings the same session and token for the same key', async () => {
    const [first, second] = [
      await create({ user_id: 'ann' }, { 'idempotency-key': 'k1' }),
      await create({ user_id: 'ann' }, { 'idempotency-key': 'k1' }),
    ]
    expect(await second.json()).toEqual(await first.json())
    expect(await under.sessions.getSessionCountByUser('ann')).toBe(1)
  })

  it('refuses the same key for another request, and creates nothing', async () => {
    await create({ user_id: 'ann' }, { 'idempotency-key': 'k1' })
    const answer = await create({ user_id: 'bob' }, { 'idempotency-key': 'k1' })
    expect(answer.status).toBe(409)
    expect(await problemOf(answer)).toMatchObject({ code: 'idempotency-conflict', field: 'idempotency-key' })
    expect(await under.sessions.getSessionCountByUser('bob')).toBe(0)
  })

  it('keeps the keys of one back end apart from those of another', async () => {
    under = await apiUnderTest({ authenticateService: async (key) => ({ id: key }) })
    const by = (bearer: string) =>
      under.call('/api/v1/sessions', {
        bearer,
        json: { user_id: 'ann' },
        headers: { 'idempotency-key': 'k1' },
      })
    const answers = [await by('one'), await by('two')]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const tokens = await Promise.all(
      answers.map(async (answer) => createdSessionResponseSchema.parse(await answer.json()).token),
    )
    expect(new Set(tokens).size).toBe(2)
  })

  it('replaces a session in the same step', async () => {
    const before = await under.signIn('ann')
    await create({ user_id: 'ann', replace_session_id: before.session.id })
    expect(await under.sessions.getSession(before.session.id)).toMatchObject({
      endReason: 'replaced',
      endedBy: 'service:key_1',
    })
  })

  it.each<[string, unknown]>([
    ['user_id', {}],
    ['user_id', { user_id: null }],
    ['user_id', { user_id: '' }],
    ['user_id', { user_id: 'a'.repeat(256) }],
    ['user_id', { user_id: 1.5 }],
    ['user_id', { user_id: 2 ** 60 }],
    ['user_id', { user_id: ['ann'] }],
    ['user_id', { user_id: 'a\0b' }],
    ['user_id', { user_id: '\ud800' }],
    ['device_info', { user_id: 'ann', device_info: 'phone' }],
    ['device_info.type', { user_id: 'ann', device_info: { type: 'toaster' } }],
    ['device_info.browser', { user_id: 'ann', device_info: { browser: '' } }],
    ['device_info.location', { user_id: 'ann', device_info: { location: 'a'.repeat(201) } }],
    ['ip_address', { user_id: 'ann', ip_address: 'localhost' }],
    ['ip_address', { user_id: 'ann', ip_address: 3_232_235_777 }],
    ['ip_address', { user_id: 'ann', ip_address: '010.0.0.1' }],
    ['user_agent', { user_id: 'ann', user_agent: 1 }],
    ['client_hints', { user_id: 'ann', client_hints: [] }],
    ['expires_in_days', { user_id: 'ann', expires_in_days: '30' }],
    ['expires_in_days', { user_id: 'ann', expires_in_days: 0 }],
    ['expires_in_days', { user_id: 'ann', expires_in_days: 1e9 }],
    ['expires_in_seconds', { user_id: 'ann', expires_in_seconds: -1 }],
    ['expires_in_seconds', { user_id: 'ann', expires_in_seconds: 60, expires_in_days: 1 }],
    ['amr', { user_id: 'ann', amr: 'pwd' }],
    ['amr.0', { user_id: 'ann', amr: [''] }],
    ['amr', { user_id: 'ann', amr: Array.from({ length: 17 }, () => 'pwd') }],
    ['replace_session_id', { user_id: 'ann', replace_session_id: 7 }],
    ['body', null],
    ['body', ['ann']],
    ['body', 'ann'],
  ])('names %s where it is wrong', async (field, json) => {
    const answer = await create(json)
    expect(answer.status).toBe(422)
    expect(await problemOf(answer)).toMatchObject({ code: 'invalid-input', field, status: 422 })
    expect(await under.sessions.countSessions({})).toBe(0)
  })

  it('names the header of a key that is too long', async () => {
    const answer = await create({ user_id: 'ann' }, { 'idempotency-key': 'k'.repeat(256) })
    expect(await problemOf(answer)).toMatchObject({ status: 422, field: 'idempotency-key' })
  })

  it('lets no input reach the prototype of anything', async () => {
    const body = '{"user_id":"ann","__proto__":{"expires_in_days":1},"constructor":{"prototype":{"x":1}}}'
    const headers = { 'content-type': 'application/json' }
    const answer = await under.call('/api/v1/sessions', { bearer: apiKey, body, headers })
    expect(createdSessionResponseSchema.parse(await answer.json()).session.expires_at).toBe(
      '2026-01-31T00:00:00.000Z',
    )
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('verifying a token', () => {
  const verify = async (json: unknown) =>
    (await under.call('/api/v1/sessions/verify', { bearer: apiKey, json })).json()

  it('brings the session', async () => {
    const { session, token } = await under.signIn('ann')
    const body = verifyResponseSchema.parse(
      await verify({ token, ip_address: '192.0.2.1', user_agent: null }),
    )
    expect(body).toMatchObject({ active: true, session: { id: session.id, user_id: 'ann' } })
  })

  it('says why there is none', async () => {
    const [ended, old] = [await under.signIn('ann'), await under.signIn('ann', { expiresInDays: 1 })]
    await under.sessions.invalidateSession(ended.session.id)
    under.pass(days(1))
    expect(await verify({ token: ended.token })).toEqual({ active: false, reason: 'revoked' })
    expect(await verify({ token: old.token })).toEqual({ active: false, reason: 'expired' })
    expect(await verify({ token: `${old.token}x` })).toEqual({ active: false, reason: 'unknown' })
    expect(await verify({ token: '' })).toEqual({ active: false, reason: 'unknown' })
    expect(await verify({ token: 7 })).toMatchObject({ status: 422, field: 'token' })
  })

  it('takes no token of another kind: an API key, a session id', async () => {
    const { session } = await under.signIn('ann')
    expect(await verify({ token: apiKey })).toEqual({ active: false, reason: 'unknown' })
    expect(await verify({ token: session.id })).toEqual({ active: false, reason: 'unknown' })
  })
})

describe('introspection', () => {
  const introspect = async (body: URLSearchParams) =>
    (await under.call('/api/v1/introspect', { bearer: apiKey, body })).json()

  it('brings the claims of RFC 7662 in seconds', async () => {
    const { session, token } = await under.signIn('ann', { amr: ['pwd'], expiresInDays: 1 })
    expect(await introspect(new URLSearchParams({ token, token_type_hint: 'access_token' }))).toEqual({
      active: true,
      token_type: 'Bearer',
      sub: 'ann',
      sid: session.id,
      iat: 1_767_225_600,
      exp: 1_767_312_000,
      auth_time: 1_767_225_600,
      amr: ['pwd'],
    })
  })

  it('says nothing but "not active" of anything else', async () => {
    const { session, token } = await under.signIn('ann')
    await under.sessions.invalidateSession(session.id)
    expect(await introspect(new URLSearchParams({ token }))).toEqual({ active: false })
    expect(await introspect(new URLSearchParams({ token: 'x' }))).toEqual({ active: false })
    expect(await introspect(new URLSearchParams())).toMatchObject({ status: 422, field: 'token' })
  })
})

describe("a user's sessions", () => {
  const of = (path: string, method = 'GET') => under.call(`/api/v1/users/${path}`, { bearer: apiKey, method })

  it('can be listed, counted and shown in numbers', async () => {
    await under.signIn('a/b ü')
    await under.signIn('ann')
    const user = encodeURIComponent('a/b ü')
    const listed = sessionsResponseSchema.parse(await (await of(`${user}/sessions`)).json())
    expect(listed.total_count).toBe(1)
    expect(listed.sessions[0]?.is_current).toBe(false)
    expect(
      sessionCountResponseSchema.parse(await (await of(`${user}/sessions/count`)).json()).active_sessions,
    ).toBe(1)
    const analytics = await (await of(`${user}/sessions/analytics`)).json()
    expect(sessionAnalyticsSchema.parse(analytics).active_sessions).toBe(1)
  })

  it('are none for a user that nobody has heard of', async () => {
    expect(await (await of('nobody/sessions')).json()).toEqual({ sessions: [], total_count: 0 })
  })

  it('can be ended one by one, each for its own user only', async () => {
    const { session } = await under.signIn('ann')
    expect((await of(`bob/sessions/${session.id}`, 'DELETE')).status).toBe(404)
    const answer = await of(`ann/sessions/${session.id}`, 'DELETE')
    expect(revokeSessionResponseSchema.parse(await answer.json()).revoked).toBe(true)
    expect((await under.sessions.getSession(session.id))?.endedBy).toBe('service:key_1')
  })

  it('can be ended all at once', async () => {
    await under.signIn('ann')
    await under.signIn('ann')
    await under.signIn('bob')
    const body = revokeSessionsResponseSchema.parse(await (await of('ann/sessions', 'DELETE')).json())
    expect(body).toMatchObject({ revoked_count: 2, current: 'kept' })
    expect(await under.sessions.getSessionCountByUser('bob')).toBe(1)
  })

  it('of an id that cannot be are 422', async () => {
    expect((await of(`${'a'.repeat(256)}/sessions`)).status).toBe(422)
    for (const id of ['a%00b', 'J%F6rg', '100%', '%zz']) {
      expect(await problemOf(await of(`${id}/sessions`, 'DELETE'))).toMatchObject({
        status: 422,
        field: 'user_id',
      })
    }
  })
})

describe('the API key', () => {
  it.each<[string, string]>([
    ['POST', '/api/v1/sessions'],
    ['POST', '/api/v1/sessions/verify'],
    ['POST', '/api/v1/introspect'],
    ['GET', '/api/v1/users/ann/sessions'],
    ['GET', '/api/v1/users/ann/sessions/count'],
    ['GET', '/api/v1/users/ann/sessions/analytics'],
    ['DELETE', '/api/v1/users/ann/sessions'],
    ['DELETE', '/api/v1/users/ann/sessions/ses_a'],
  ])('is needed before anything else is looked at: %s %s', async (method, path) => {
    const { token } = await under.signIn('ann')
    const body = method === 'POST' ? 'no JSON' : undefined
    const sent = { method, ...(body === undefined ? {} : { body }) }
    expect((await under.call(path, sent)).status).toBe(401)
    expect((await under.call(path, { ...sent, bearer: 'wrong' })).status).toBe(401)
    expect((await under.call(path, { ...sent, bearer: token })).status).toBe(401)
    expect((await under.call(path, { ...sent, cookie: token })).status).toBe(401)
  })

  it('is accepted by nobody where the application named none', async () => {
    under = await apiUnderTest({ authenticateService: async () => null })
    expect((await create({ user_id: 'ann' })).status).toBe(401)
  })

  it('opens no session of a user', async () => {
    expect((await under.call('/api/v1/security/sessions', { bearer: apiKey })).status).toBe(401)
  })
})
