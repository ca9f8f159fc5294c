import type { CutOffsResponse, PolicyResponse } from 'latchkey/http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'

let temporary: TemporaryProgram
let admin: string
let adminId: string
let user: string
let userId: string

const signIn = async (email: string) =>
  cookieOf(await temporary.send('POST', '/api/v1/auth/login', { body: { email, password } }))
const get = (path: string, cookie = admin) => temporary.send('GET', `/api/v1/admin/${path}`, { cookie })
const post = (path: string, body?: object, cookie = admin) =>
  temporary.send('POST', `/api/v1/admin/${path}`, { cookie, ...(body && { body }) })

beforeAll(async () => {
  temporary = await temporaryProgram({
    LATCHKEY_POLICY_PRESET: 'nist-aal2',
    LATCHKEY_POLICY_RULES: JSON.stringify([
      { name: 'admins', when: { roles: ['admin'] }, idle_timeout_seconds: 900 },
    ]),
  })
  const { accounts } = temporary.program
  const made = await accounts.create({ email: 'root@example.com', role: 'admin', password })
  const created = await accounts.create({ email: 'ann@example.com', role: 'user', password })
  adminId = made.kind === 'created' ? made.account.id : ''
  userId = created.kind === 'created' ? created.account.id : ''
  admin = await signIn('root@example.com')
  user = await signIn('ann@example.com')
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

const changes = [
  ['POST', 'cut-offs'],
  ['POST', 'users/42/disable'],
  ['POST', 'users/42/enable'],
  ['DELETE', 'sessions/ses_aaaaaaaaaaaaaaaaaaaaaaaa'],
  ['DELETE', 'users/42/sessions'],
  ['DELETE', 'users/42/devices/dev_aaaaaaaaaaaaaaaaaaaaaaaa'],
] as const

const reads = [
  ['GET', 'audit'],
  ['GET', 'audit/verification'],
  ['GET', 'policy'],
  ['GET', 'cut-offs'],
] as const

describe('who may not', () => {
  it.each([...changes, ...reads])('users get 403, and nobody 401: %s %s', async (method, path) => {
    const send = (cookie?: string) =>
      temporary.send(method, `/api/v1/admin/${path}`, { body: undefined, ...(cookie && { cookie }) })
    const refused = await send(user)
    expect([refused.status, (await send()).status]).toEqual([403, 401])
    expect(await refused.json()).toMatchObject({ code: 'forbidden' })
  })
})

describe('an administrator whose last proof of identity is older than the window', () => {
  it('is asked for it before each change, reads without it, and goes on after it', async () => {
    const { sessions, settings } = temporary.program
    const cookie = await signIn('root@example.com')
    const id = cookie.slice('latchkey='.length).split('.')[0] ?? ''
    const session = await sessions.getSession(id)
    const now = (session?.authenticatedAt ?? 0) + settings.adminReauthenticationSeconds * 1_000
    vi.useFakeTimers({ now, toFake: ['Date'] })
    try {
      for (const [method, path] of changes) {
        const response = await temporary.send(method, `/api/v1/admin/${path}`, { cookie })
        expect([path, response.status]).toEqual([path, 403])
        expect(await response.json()).toMatchObject({ code: 'reauthentication-required' })
      }
      for (const [, path] of reads) expect((await get(path, cookie)).status).toBe(200)
      const proved = await temporary.send('POST', '/api/v1/auth/reauthenticate', {
        cookie,
        body: { password },
      })
      expect((await post('users/42/enable', undefined, cookieOf(proved))).status).toBe(200)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is asked sooner where the policy has a shorter window for the session', async () => {
    const rule = { name: 'admins', when: { roles: ['admin'] }, reauthentication_window_seconds: 60 }
    await using other = await temporaryProgram({ LATCHKEY_POLICY_RULES: JSON.stringify([rule]) })
    await other.program.accounts.create({ email: 'root@example.com', role: 'admin', password })
    const body = { email: 'root@example.com', password }
    const cookie = cookieOf(await other.send('POST', '/api/v1/auth/login', { body }))
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
    const response = await other.send('POST', '/api/v1/admin/users/42/enable', { cookie })
    vi.useRealTimers()
    expect(await response.json()).toMatchObject({ code: 'reauthentication-required' })
  })

  it('is never asked where the window is 0', async () => {
    await using other = await temporaryProgram({ LATCHKEY_ADMIN_REAUTHENTICATION_SECONDS: '0' })
    await other.program.accounts.create({ email: 'root@example.com', role: 'admin', password })
    const body = { email: 'root@example.com', password }
    const cookie = cookieOf(await other.send('POST', '/api/v1/auth/login', { body }))
    vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ['Date'] })
    const response = await other.send('POST', '/api/v1/admin/users/42/enable', { cookie })
    vi.useRealTimers()
    expect(response.status).toBe(200)
  })
})

describe('cut-offs', () => {
  it('of a user end what there is, are listed, and say whose they are', async () => {
    const { sessions } = temporary.program
    const { token } = await sessions.createSession({ userId: 'customer-1' })
    const response = await post('cut-offs', { scope: 'user', user_id: 'customer-1', note: 'stolen' })
    expect(await response.json()).toEqual({ message: '1 session was ended.', revoked_count: 1 })
    expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'revoked' })
    const {
      cut_offs: [newest],
    } = (await (await get('cut-offs')).json()) as CutOffsResponse
    expect(newest).toMatchObject({
      scope: 'user',
      user_id: 'customer-1',
      user_label: null,
      device_id: null,
      by: `admin:${adminId}`,
      by_label: 'root@example.com',
      note: 'stolen',
    })
  })

  it('of a device leave other devices alone', async () => {
    const { sessions } = temporary.program
    const [one, other] = [
      await sessions.createSession({ userId: 'customer-2', deviceTokens: [] }),
      await sessions.createSession({ userId: 'customer-2', deviceTokens: [] }),
    ]
    const body = { scope: 'device', user_id: 'customer-2', device_id: one.device?.id }
    expect(await (await post('cut-offs', body)).json()).toMatchObject({ revoked_count: 1 })
    expect(await sessions.verifySession(other.token)).toMatchObject({ active: true })
  })

  it('until an earlier instant leave what was created since', async () => {
    const { sessions } = temporary.program
    const { token } = await sessions.createSession({ userId: 'customer-3' })
    const body = { scope: 'user', user_id: 'customer-3', not_before: '2020-01-01T00:00:00Z' }
    expect(await (await post('cut-offs', body)).json()).toMatchObject({ revoked_count: 0 })
    expect(await sessions.verifySession(token)).toMatchObject({ active: true })
  })

  it.each([
    [{ scope: 'user' }, 'user_id'],
    [{ scope: 'device', user_id: '42' }, 'device_id'],
    [{ scope: 'everybody', user_id: '42' }, 'user_id'],
    [{ scope: 'user', user_id: '42', device_id: 'dev_aaaaaaaaaaaaaaaaaaaaaaaa' }, 'device_id'],
    [{ scope: 'world' }, 'scope'],
    [{ scope: 'user', user_id: '42', not_before: '2999-01-01T00:00:00Z' }, 'not_before'],
    [{ scope: 'user', user_id: '42', not_before: 'now' }, 'not_before'],
    [{ scope: 'user', user_id: '42', note: 'x'.repeat(501) }, 'note'],
  ])('%o is refused', async (body, field) => {
    const response = await post('cut-offs', body)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ field })
  })

  it('of everybody end the session of who asks, too, and take its cookie back', async () => {
    await using other = await temporaryProgram()
    await other.program.accounts.create({ email: 'root@example.com', role: 'admin', password })
    const login = { body: { email: 'root@example.com', password } }
    const cookie = cookieOf(await other.send('POST', '/api/v1/auth/login', login))
    const send = () => other.send('POST', '/api/v1/admin/cut-offs', { cookie, body: { scope: 'everybody' } })
    const response = await send()
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()[0]).toMatch(/^latchkey=;.*Max-Age=0/)
    expect((await send()).status).toBe(401)
  })
})

describe('disabling', () => {
  it('ends all sessions and refuses new ones until the user is enabled again', async () => {
    const { sessions } = temporary.program
    const cookie = await signIn('ann@example.com')
    const disabled = await post(`users/${userId}/disable`, { note: 'left' })
    expect(await disabled.json()).toMatchObject({ revoked_count: expect.any(Number) })
    expect((await temporary.send('GET', '/api/v1/auth/me', { cookie })).status).toBe(401)
    expect(await sessions.isUserDisabled(userId)).toBe(true)
    const {
      cut_offs: [newest],
    } = (await (await get('cut-offs')).json()) as CutOffsResponse
    expect(newest).toMatchObject({ user_id: userId, not_before: null, note: 'left' })
    expect(await (await post(`users/${userId}/enable`)).json()).toMatchObject({
      message: 'The user may sign in again.',
    })
    expect(await (await post(`users/${userId}/enable`)).json()).toMatchObject({
      message: 'The user was not disabled.',
    })
    const again = await signIn('ann@example.com')
    expect((await temporary.send('GET', '/api/v1/auth/me', { cookie: again })).status).toBe(200)
  })

  it('needs no body, also where one of JSON is announced', async () => {
    const headers = { 'content-type': 'application/json' }
    const path = '/api/v1/admin/users/bob/disable'
    expect((await temporary.send('POST', path, { cookie: admin, headers })).status).toBe(200)
    expect(await temporary.program.sessions.isUserDisabled('bob')).toBe(true)
  })

  it('is refused for oneself, in a sentence', async () => {
    const response = await post(`users/${adminId}/disable`)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      field: 'user_id',
      detail: 'user_id: is your own; only another administrator can disable you.',
    })
    expect((await get('cut-offs')).status).toBe(200)
  })
})

describe('the policy', () => {
  const policy = async (query = '') => (await (await get(`policy${query}`)).json()) as PolicyResponse

  it('says what holds, where it comes from, and which levels its timeouts meet', async () => {
    const found = await policy()
    expect(found).toMatchObject({ preset: 'nist-aal2', explained: null })
    expect(found.terms).toContainEqual({
      name: 'idle_timeout_seconds',
      value: 3_600,
      set_by: 'default',
      source: expect.stringContaining('NIST SP 800-63B-4'),
    })
    expect(found.rules).toMatchObject([
      { name: 'admins', applies_to: 'users with role admin', roles: ['admin'] },
    ])
    expect(found.meets.map(({ level, met }) => [level, met])).toEqual([
      ['aal1', true],
      ['aal2', true],
      ['aal3', false],
    ])
    expect(found.meets[2]?.why).toBe(
      'Sessions last 1 day, and 12 hours at most are allowed; the idle timeout is 1 hour, and 15 minutes at most are allowed.',
    )
    expect(found.presets.map(({ name }) => name)).toContain('owasp-high')
  })

  it('is explained for what the request names', async () => {
    const { explained } = await policy('?role=admin&role=user&device_trust=trusted&amr=pwd')
    expect(explained?.terms).toContainEqual({
      name: 'idle_timeout_seconds',
      value: 900,
      set_by: 'admins',
      source: null,
    })
    expect((await policy('?role=user')).explained?.terms).toContainEqual(
      expect.objectContaining({ name: 'idle_timeout_seconds', value: 3_600, set_by: 'default' }),
    )
  })

  it('applies to sessions of the program itself by the role of their account', async () => {
    const response = await temporary.send('GET', '/api/v1/auth/me', { cookie: admin })
    expect(await response.json()).toMatchObject({ session: { idle_expires_by: 'admins' } })
  })
})
