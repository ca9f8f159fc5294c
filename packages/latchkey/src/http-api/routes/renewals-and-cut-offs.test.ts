import { beforeEach, expect, it } from 'vitest'
import { minutes } from '../../foundation/time.ts'
import { type ApiUnderTest, apiKey, apiUnderTest, problemOf } from '../api-under-test.fake.ts'
import { auditEntriesResponseSchema, cutOffResponseSchema } from '../audit-schemas.ts'
import { createdSessionResponseSchema, renewedSessionResponseSchema } from '../session-schemas.ts'

let under: ApiUnderTest

beforeEach(async () => {
  under = await apiUnderTest({
    sessionsOptions: { rotationInterval: minutes(15) },
  })
})

const post = (path: string, json?: unknown) =>
  under.call(`/api/v1/${path}`, { method: 'POST', bearer: apiKey, json })
const isActive = async (token: string, stage?: string) =>
  ((await (await post('sessions/verify', { token, stage })).json()) as { active: boolean }).active

it('a pending session is accepted as such only, until its factor completes it', async () => {
  const created = await post('sessions', { user_id: 'ann', amr: ['pwd'], pending: true, roles: ['editor'] })
  const { session, token } = createdSessionResponseSchema.parse(await created.json())
  expect(session).toMatchObject({ is_pending: true, assurance_level: 'aal1' })
  expect(await (await post('sessions/verify', { token })).json()).toEqual({
    active: false,
    reason: 'pending',
  })
  expect([await isActive(token, 'pending'), await isActive(token, 'complete')]).toEqual([true, false])
  const answer = await post('sessions/renew', { token, cause: 'factor', amr: ['otp'] })
  const renewed = renewedSessionResponseSchema.parse(await answer.json())
  expect(renewed.session).toMatchObject({ is_pending: false, assurance_level: 'aal2' })
  expect(renewed.session.id).not.toBe(session.id)
  expect([await isActive(renewed.token), await isActive(token), await isActive(token, 'pending')]).toEqual([
    true,
    false,
    false,
  ])
})

it('a field that a request does not know is refused: misspelt, it would grant or end more than was meant', async () => {
  const { token } = await under.signIn('ann')
  for (const [path, json, field] of [
    ['sessions/renew', { token, cause: 'reauthentication', role: [] }, 'role'],
    ['sessions/rotate', { token, secret: '' }, 'secret'],
    ['users/ann/cut-off', { created_before: '2020-01-01T00:00:00Z' }, 'created_before'],
    ['users/ann/disable', { reason: 'left' }, 'reason'],
  ] as const) {
    const answer = await post(path, json)
    expect(answer.status).toBe(422)
    expect((await problemOf(answer)).detail).toContain(`"${field}"`)
  }
  expect(await isActive(token)).toBe(true)
})

it('a session is pending by either name that the API has for it, and by `stage: complete` it is not', async () => {
  for (const [json, isPending] of [
    [{ stage: 'pending' }, true],
    [{ pending: false, stage: 'pending' }, true],
    [{ stage: 'complete' }, false],
  ] as const) {
    const answer = await post('sessions', { user_id: 'ann', amr: ['pwd'], ...json })
    const { session } = createdSessionResponseSchema.parse(await answer.json())
    expect(session.is_pending).toBe(isPending)
  }
})

it('a renewal needs the token of a session at the right stage', async () => {
  const { token } = await under.signIn('ann')
  const pending = await under.signIn('ann', { stage: 'pending' })
  for (const json of [
    { token: 'x', cause: 'reauthentication' },
    { token, cause: 'factor' },
    { token: pending.token, cause: 'reauthentication' },
  ]) {
    expect((await post('sessions/renew', json)).status).toBe(404)
  }
  expect((await post('sessions/renew', { token, cause: 'rotation' })).status).toBe(422)
})

it('a token from before a proof or a change of privileges does not get what came of it by another change', async () => {
  const { token } = await under.signIn('ann', { roles: ['editor'] })
  under.pass(minutes(5))
  const change = { cause: 'privilege-change', roles: ['editor', 'admin'] }
  const proved = renewedSessionResponseSchema.parse(
    await (await post('sessions/renew', { token, cause: 'reauthentication', amr: ['pwd'] })).json(),
  )
  expect((await post('sessions/renew', { token, ...change })).status).toBe(404)
  const changed = await post('sessions/renew', { token: proved.token, ...change })
  expect(changed.status).toBe(200)
  const again = await post('sessions/renew', { token: proved.token, cause: 'privilege-change' })
  expect(again.status).toBe(404)
})

it('a token whose time has come is said to be due, and is given its successor', async () => {
  const { token } = await under.signIn('ann')
  under.pass(minutes(15))
  expect(await (await post('sessions/verify', { token })).json()).toMatchObject({ rotation_due: true })
  const tokens = await Promise.all(
    [1, 2, 3].map(async () => {
      const answer = await post('sessions/rotate', { token })
      return renewedSessionResponseSchema.parse(await answer.json()).token
    }),
  )
  expect(new Set(tokens).size).toBe(1)
  expect(await isActive(tokens[0] ?? '')).toBe(true)
  expect((await post('sessions/rotate', { token: 'x' })).status).toBe(404)
})

it('a disabled user has no session and gets none, until they are enabled', async () => {
  const { token } = await under.signIn('ann')
  const disabled = await post('users/ann/disable', { note: 'left the company' })
  expect(cutOffResponseSchema.parse(await disabled.json()).revoked_count).toBe(1)
  expect(await isActive(token)).toBe(false)
  const refused = await post('sessions', { user_id: 'ann' })
  expect([refused.status, (await problemOf(refused)).code]).toEqual([403, 'user-disabled'])
  expect((await post('users/ann/enable')).status).toBe(200)
  expect(await isActive(token)).toBe(false)
  under.pass(minutes(1))
  expect((await post('sessions', { user_id: 'ann' })).status).toBe(201)
})

it('a user can be disabled without a word', async () => {
  await under.signIn('ann')
  expect((await post('users/ann/disable')).status).toBe(200)
  expect(await under.sessions.isUserDisabled('ann')).toBe(true)
})

it('a body that is announced as JSON and empty is none, and one that is no JSON is refused', async () => {
  const path = '/api/v1/users/ann/disable'
  const headers = { 'content-type': 'application/json' }
  const send = (body: string) => under.call(path, { method: 'POST', bearer: apiKey, headers, body })
  expect((await send('{')).status).toBe(400)
  expect(await under.sessions.isUserDisabled('ann')).toBe(false)
  expect((await send('')).status).toBe(200)
  expect(await under.sessions.isUserDisabled('ann')).toBe(true)
})

it('a cut-off ends what was created until then, of a user or on a device', async () => {
  const [phone, laptop] = [await under.signIn('ann', { deviceTokens: [] }), await under.signIn('ann')]
  expect((await post('users/ann/cut-off', { device_id: phone.device?.id })).status).toBe(200)
  expect([await isActive(phone.token), await isActive(laptop.token)]).toEqual([false, true])
  expect((await post('users/ann/cut-off', { device_id: 'x' })).status).toBe(404)
  expect((await post('users/ann/cut-off', { not_before: '2020-01-01T00:00:00.000Z' })).status).toBe(200)
  expect(await isActive(laptop.token)).toBe(true)
  expect((await post('users/ann/cut-off', { not_before: '2050-01-01T00:00:00.000Z' })).status).toBe(422)
  expect((await post('users/ann/cut-off', {})).status).toBe(200)
  expect(await isActive(laptop.token)).toBe(false)
})

it('at the limit of sessions a back end is told so', async () => {
  under = await apiUnderTest({ sessionsOptions: { sessionLimit: 1, atSessionLimit: 'reject' } })
  await under.signIn('ann')
  const { token } = await under.signIn('ann', { stage: 'pending' })
  for (const answer of [
    await post('sessions', { user_id: 'ann' }),
    await post('sessions/renew', { token, cause: 'factor', amr: ['otp'] }),
  ]) {
    expect([answer.status, (await problemOf(answer)).code]).toEqual([409, 'session-limit-reached'])
  }
})

it('users read what happened to them, and that a back end did it, and not which', async () => {
  const { session, token } = await under.signIn('ann')
  await under.signIn('bob')
  const ended = await under.signIn('ann')
  const path = `/api/v1/users/ann/sessions/${ended.session.id}`
  const answer = await under.call(path, { method: 'DELETE', bearer: apiKey })
  const activity = await under.call('/api/v1/security/activity?limit=2', { cookie: token })
  const { entries, next_cursor } = auditEntriesResponseSchema.parse(await activity.json())
  expect(entries).toMatchObject([
    {
      type: 'session.ended',
      event: 'session_expired',
      level: 'INFO',
      user_id: 'ann',
      session_id: ended.session.id,
      actor: 'service',
      reason: 'revoked',
      request_id: answer.headers.get('x-request-id'),
    },
    { type: 'session.created', session_id: ended.session.id },
  ])
  const more = await under.call(`/api/v1/security/activity?cursor=${next_cursor}`, { cookie: token })
  const rest = auditEntriesResponseSchema.parse(await more.json()).entries
  expect(rest.map(({ session_id: id }) => id)).toEqual([session.id])
  const foreign = await under.call('/api/v1/security/activity?cursor=x', { cookie: token })
  expect([foreign.status, (await problemOf(foreign)).field]).toEqual([422, 'cursor'])
})
