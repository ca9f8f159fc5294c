import { LatchkeyError } from 'latchkey'
import type { PasswordResponse } from 'latchkey/http'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'
const next = 'seven quiet harbours'

let temporary: TemporaryProgram
let made = 0
let email: string
let userId: string

beforeAll(async () => {
  temporary = await temporaryProgram()
})

afterAll(() => temporary[Symbol.asyncDispose]())

beforeEach(async () => {
  made += 1
  email = `ann${made}@example.com`
  const created = await temporary.program.accounts.create({ email, role: 'user', password })
  userId = created.kind === 'created' ? created.account.id : ''
})

const login = (secret = password, more: object = {}) =>
  temporary.send('POST', '/api/v1/auth/login', { body: { email, password: secret, ...more } })
const signedIn = async () => cookieOf(await login())
const statusOf = async (cookie: string) => (await temporary.send('GET', '/api/v1/auth/me', { cookie })).status
const change = (cookie: string, body: object = {}, headers: Record<string, string> = {}) =>
  temporary.send('POST', '/api/v1/auth/password', {
    cookie,
    body: { current_password: password, new_password: next, ...body },
    headers,
  })
const eventsOf = async (...types: ('account.password-changed' | 'account.password-change-failed')[]) =>
  (await temporary.program.sessions.listEvents({ userId, types }, { limit: 50, cursor: null })).items

describe('changing the password', () => {
  it('ends all other sessions where nothing is said of them, and the current one goes on under a new token [ASVS 7.4.3] [ASVS 7.2.4]', async () => {
    const [here, there, elsewhere] = [await signedIn(), await signedIn(), await signedIn()]
    const response = await change(here)
    expect(response.status).toBe(200)
    const body = (await response.json()) as PasswordResponse
    expect(body).toMatchObject({ user: { email }, session: { is_current: true }, revoked_count: 2 })
    expect(body).not.toHaveProperty('token')
    const renewed = cookieOf(response)
    expect(renewed).toMatch(/^latchkey=ses_/)
    expect(renewed).not.toBe(here.split('; ')[0])
    expect([await statusOf(renewed), await statusOf(there), await statusOf(elsewhere)]).toEqual([
      200, 401, 401,
    ])
    expect([(await login()).status, (await login(next)).status]).toEqual([401, 200])
  })

  it.each([
    [{ end_other_sessions: true }, 401],
    [{ end_other_sessions: undefined, endOtherSessions: false }, 401],
    [{ end_other_sessions: false }, 200],
  ])('with %o leaves another session with status %i [ASVS 7.4.3]', async (body, status) => {
    const [here, there] = [await signedIn(), await signedIn()]
    const response = await change(here, body)
    expect(response.status).toBe(200)
    expect(await statusOf(there)).toBe(status)
    expect(response.headers.getSetCookie()).toHaveLength(1)
  })

  it.each([null, 'false', 0])('takes no %o for a choice', async (choice) => {
    const response = await change(await signedIn(), { end_other_sessions: choice })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ field: 'end_other_sessions' })
    expect((await login()).status).toBe(200)
  })

  it('brings the new token in the body to a client without a jar', async () => {
    const { token } = (await (await login(password, { transport: 'bearer' })).json()) as { token: string }
    const response = await change('', {}, { Authorization: `Bearer ${token}` })
    const answer = (await response.json()) as { token: string }
    expect(answer.token).toMatch(/^ses_/)
    expect(answer.token).not.toBe(token)
    expect(response.headers.getSetCookie()).toEqual([])
  })

  it('needs the password that there is, however fresh the session; a wrong one is counted with those of proving again, and changes nothing [ASVS 7.5.1]', async () => {
    const [here, there] = [await signedIn(), await signedIn()]
    for (let time = 0; time < 10; time += 1) {
      const refused = await change(here, { current_password: 'wrong' })
      expect(refused.status).toBe(401)
      expect(await refused.json()).toMatchObject({ code: 'invalid-credentials', field: 'current_password' })
    }
    const stopped = await change(here)
    expect(stopped.status).toBe(429)
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(800)
    const proving = { cookie: here, body: { password } }
    expect((await temporary.send('POST', '/api/v1/auth/reauthenticate', proving)).status).toBe(429)
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 200])
    expect((await login()).status).toBe(200)
    const failures = await eventsOf('account.password-changed', 'account.password-change-failed')
    expect(failures).toHaveLength(10)
    expect(failures[0]).toMatchObject({
      type: 'account.password-change-failed',
      actor: 'system',
      sessionId: here.slice('latchkey='.length).split('.')[0],
      after: { reason: 'wrong-credentials', source: expect.stringMatching(/^src_/) },
    })
  })

  it.each(['short', 'passwordpassword', password])('to %j is refused, and says which field', async (text) => {
    const [here, there] = [await signedIn(), await signedIn()]
    const refused = await change(here, { new_password: text })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'invalid-input', field: 'new_password' })
    expect(refused.headers.getSetCookie()).toEqual([])
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 200])
    expect(await eventsOf('account.password-changed')).toEqual([])
  })

  it('stands in the audit log: who, in which session and request; and no password in it or in the log', async () => {
    const here = await signedIn()
    const response = await change(here)
    const [event, ...more] = await eventsOf('account.password-changed')
    expect(more).toEqual([])
    expect(event).toMatchObject({
      actor: `user:${userId}`,
      sessionId: here.slice('latchkey='.length).split('.')[0],
      request: response.headers.get('x-request-id'),
      after: { ended_sessions: 'others' },
    })
    const { items: events } = await temporary.program.sessions.listEvents(
      { userId },
      { limit: 50, cursor: null },
    )
    for (const secret of [password, next]) {
      expect(JSON.stringify(events) + temporary.logLines.join('')).not.toContain(secret)
    }
  })

  it('of two at once is made by one, whose password it is then', async () => {
    const cookies = [await signedIn(), await signedIn()]
    const answers = await Promise.all(
      cookies.map((cookie, index) => change(cookie, { new_password: `${next} ${index}` })),
    )
    const winners = answers.filter(({ status }) => status === 200)
    expect(winners).toHaveLength(1)
    expect(answers.every(({ status }) => [200, 401, 409].includes(status))).toBe(true)
    const winner = answers.findIndex(({ status }) => status === 200)
    expect((await login(`${next} ${winner}`)).status).toBe(200)
    expect((await login(`${next} ${1 - winner}`)).status).toBe(401)
  })

  it('leaves no session to who signed in with the password before while it was changed', async () => {
    const here = await signedIn()
    const { accounts, sessions } = temporary.program
    const authenticate = accounts.authenticate.bind(accounts)
    const spy = vi.spyOn(accounts, 'authenticate').mockImplementationOnce(async (credentials) => {
      const proved = await authenticate(credentials)
      expect((await change(here)).status).toBe(200)
      return proved
    })
    const late = await login()
    spy.mockRestore()
    expect(late.status).toBe(401)
    expect(await sessions.countSessions({ userId, state: 'live' })).toBe(1)
    const [refused] = (
      await sessions.listEvents({ userId, types: ['sign-in.failed'] }, { limit: 1, cursor: null })
    ).items
    expect(refused).toMatchObject({ sessionId: expect.stringMatching(/^ses_/) })
  })

  it('says so where the password was changed and the database was away when sessions were to end', async () => {
    const here = await signedIn()
    const away = new LatchkeyError('storage-unavailable', 'the storage is away')
    const spy = vi.spyOn(temporary.program.sessions, 'invalidateAllUserSessions').mockRejectedValueOnce(away)
    const response = await change(here)
    spy.mockRestore()
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({
      detail: expect.stringMatching(/^The password was changed/),
    })
    expect((await login(next)).status).toBe(200)
  })

  it('leaves devices as they are', async () => {
    const here = await signedIn()
    const devices = async (cookie: string) => {
      const response = await temporary.send('GET', '/api/v1/security/devices', { cookie })
      const body = (await response.json()) as { devices: { id: string; trust: string }[] }
      return body.devices.map(({ id, trust }) => ({ id, trust }))
    }
    const before = await devices(here)
    expect(before).toHaveLength(1)
    expect(await devices(cookieOf(await change(here)))).toEqual(before)
  })

  it('asks for a session before anything else, and not from another site', async () => {
    expect((await change('latchkey=x', { nonsense: true })).status).toBe(401)
    const here = await signedIn()
    const evil = { Origin: 'https://evil.example.org', 'Sec-Fetch-Site': 'cross-site' }
    expect((await change(here, {}, evil)).status).toBe(403)
    expect((await login()).status).toBe(200)
  })
})
