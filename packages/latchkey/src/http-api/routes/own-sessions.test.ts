import { beforeEach, expect, it } from 'vitest'
import { hours, minutes } from '../../foundation/time.ts'
import { sessionAnalyticsSchema } from '../analytics-schema.ts'
import { type ApiUnderTest, apiUnderTest, problemOf } from '../api-under-test.fake.ts'
import {
  revokeSessionResponseSchema,
  revokeSessionsResponseSchema,
  sessionCountResponseSchema,
  sessionsResponseSchema,
  userSessionSchema,
} from '../session-schemas.ts'

const path = '/api/v1/security/sessions'
let under: ApiUnderTest

beforeEach(async () => {
  under = await apiUnderTest()
})

it('lists the live sessions, newest activity first, the current one marked', async () => {
  const first = await under.signIn('ann', { ipAddress: '203.0.113.7' })
  under.pass(hours(1))
  const second = await under.signIn('ann')
  const ended = await under.signIn('ann')
  await under.sessions.invalidateSession(ended.session.id)
  await under.signIn('bob')
  under.pass(hours(1))
  const answer = await under.call(path, { cookie: first.token })
  expect(answer.status).toBe(200)
  const body = sessionsResponseSchema.parse(await answer.json())
  expect(body.sessions.map(({ id, is_current }) => [id, is_current])).toEqual([
    [first.session.id, true],
    [second.session.id, false],
  ])
  expect(body.total_count).toBe(2)
  expect(body.sessions[0]).toMatchObject({
    ip_address: '203.0.113.7',
    created_at: '2026-01-01T00:00:00.000Z',
    last_accessed: '2026-01-01T02:00:00.000Z',
    is_active: true,
  })
})

it('never shows a token, a part of one or a hash of one', async () => {
  const { token } = await under.signIn('ann')
  const secret = token.split('.')[1] ?? ''
  for (const part of ['', '/current', '/analytics', '/count']) {
    const text = await (await under.call(path + part, { cookie: token })).text()
    expect(text).not.toContain(secret)
    expect(text).not.toMatch(/hash|secret|token/i)
  }
})

it('says how many there are', async () => {
  const { token } = await under.signIn('ann')
  await under.signIn('ann')
  const answer = await under.call(`${path}/count`, { bearer: token })
  expect(sessionCountResponseSchema.parse(await answer.json())).toEqual({ active_sessions: 2 })
})

it('shows the session that asks', async () => {
  const { session, token } = await under.signIn('ann')
  const answer = await under.call(`${path}/current`, { cookie: token })
  expect(userSessionSchema.parse(await answer.json())).toMatchObject({ id: session.id, is_current: true })
})

it('shows the sessions in numbers', async () => {
  const { token } = await under.signIn('ann', { deviceInfo: { type: 'desktop', browser: 'Chrome' } })
  const other = await under.signIn('ann', { deviceInfo: { type: 'mobile' } })
  under.pass(minutes(10))
  await under.sessions.invalidateSession(other.session.id, { reason: 'idle-timeout' })
  const body = sessionAnalyticsSchema.parse(
    await (await under.call(`${path}/analytics`, { cookie: token })).json(),
  )
  expect(body).toMatchObject({
    total_sessions: 2,
    active_sessions: 1,
    recent_sessions: 2,
    device_types: { desktop: 1 },
    ended: { logout: 0, expired: 1, revoked: 0, replaced: 0 },
  })
  expect(body.daily).toHaveLength(30)
  expect(body.daily.at(-1)).toEqual({ date: '2026-01-01', created: 2, ended: 1 })
})

it('ends another session of the user, once, and says so when it had ended before', async () => {
  const { token } = await under.signIn('ann')
  const other = await under.signIn('ann')
  const end = () => under.call(`${path}/${other.session.id}`, { method: 'DELETE', cookie: token })
  const first = await end()
  expect(revokeSessionResponseSchema.parse(await first.json()).revoked).toBe(true)
  expect(first.headers.getSetCookie()).toEqual([])
  expect(revokeSessionResponseSchema.parse(await (await end()).json()).revoked).toBe(false)
  expect(await under.sessions.getSession(other.session.id)).toMatchObject({
    endReason: 'revoked',
    endedBy: 'user:ann',
  })
})

it('ending the session that asks is signing out: the cookie goes, too', async () => {
  const { session, token } = await under.signIn('ann')
  const answer = await under.call(`${path}/${session.id}`, { method: 'DELETE', cookie: token })
  expect(answer.headers.getSetCookie()).toEqual([
    '__Host-latchkey=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
  ])
  expect((await under.sessions.getSession(session.id))?.endReason).toBe('logout')
  expect((await under.call(path, { cookie: token })).status).toBe(401)
})

it("somebody else's id, an unknown one and one of a wrong shape are the same 404, and nothing ends", async () => {
  const { token } = await under.signIn('ann')
  const strange = await under.signIn('bob')
  const ids = [
    strange.session.id,
    `ses_${'a'.repeat(24)}`,
    'ses_A',
    '1',
    '%00',
    'a%2F..%2Fb',
    `${'x'.repeat(2_000)}`,
  ]
  const answers = await Promise.all(
    ids.map(async (id) => {
      const answer = await under.call(`${path}/${id}`, { method: 'DELETE', cookie: token })
      const { request_id, ...problem } = await problemOf(answer)
      const { 'x-request-id': header, ...headers } = Object.fromEntries(answer.headers)
      expect(header).toBe(request_id)
      return { status: answer.status, problem, headers }
    }),
  )
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]?.status).toBe(404)
  expect((await under.sessions.verifySession(strange.token)).active).toBe(true)
})

it('ends all others and keeps the one that asks', async () => {
  const { token } = await under.signIn('ann')
  const [other] = [await under.signIn('ann'), await under.signIn('ann')]
  const bob = await under.signIn('bob')
  const answer = await under.call(`${path}?scope=others`, { method: 'DELETE', cookie: token })
  expect(revokeSessionsResponseSchema.parse(await answer.json())).toMatchObject({
    revoked_count: 2,
    current: 'kept',
  })
  expect(answer.headers.getSetCookie()).toEqual([])
  expect((await under.call(path, { cookie: token })).status).toBe(200)
  expect((await under.call(path, { cookie: other.token })).status).toBe(401)
  expect((await under.call(path, { cookie: bob.token })).status).toBe(200)
})

it.each(['', '?scope=all'])('ends everything with %j, and clears the cookie', async (query) => {
  const { token } = await under.signIn('ann')
  await under.signIn('ann')
  const answer = await under.call(path + query, { method: 'DELETE', cookie: token })
  expect(revokeSessionsResponseSchema.parse(await answer.json())).toMatchObject({
    revoked_count: 2,
    current: 'revoked',
  })
  expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=0')
  expect((await under.call(path, { cookie: token })).status).toBe(401)
})

it('refuses a scope that it does not know, and ends nothing', async () => {
  const { token } = await under.signIn('ann')
  const answer = await under.call(`${path}?scope=everybody`, { method: 'DELETE', cookie: token })
  expect(answer.status).toBe(422)
  expect(await problemOf(answer)).toMatchObject({ code: 'invalid-input', field: 'scope' })
  expect((await under.call(path, { cookie: token })).status).toBe(200)
})

it('a polled list does not count as a use of the session', async () => {
  const { session, token } = await under.signIn('ann')
  under.pass(hours(1))
  await under.call(path, { cookie: token, headers: { 'x-latchkey-activity': 'background' } })
  expect((await under.sessions.getSession(session.id))?.lastAccessedAt).toBeNull()
})
