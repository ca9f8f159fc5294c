import type { ManagedSessionsResponse } from 'latchkey/http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'

let temporary: TemporaryProgram
let admin: string
let user: string
let userId: string

async function signIn(email: string): Promise<string> {
  return cookieOf(await temporary.send('POST', '/api/v1/auth/login', { body: { email, password } }))
}

beforeAll(async () => {
  temporary = await temporaryProgram()
  const { accounts, sessions } = temporary.program
  await accounts.create({ email: 'root@example.com', role: 'admin', password })
  const created = await accounts.create({ email: 'ann@example.com', role: 'user', password })
  userId = created.kind === 'created' ? created.account.id : ''
  admin = await signIn('root@example.com')
  user = await signIn('ann@example.com')
  for (let index = 0; index < 3; index += 1) {
    await sessions.createSession({
      userId: `customer-${index}`,
      ipAddress: `203.0.113.${index}`,
      deviceInfo: { type: 'tablet' },
    })
  }
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

async function list(query: string): Promise<ManagedSessionsResponse> {
  const response = await temporary.send('GET', `/api/v1/admin/sessions?${query}`, { cookie: admin })
  expect(response.status).toBe(200)
  return (await response.json()) as ManagedSessionsResponse
}

const usersIn = ({ sessions }: ManagedSessionsResponse) => sessions.map((session) => session.user_id).sort()

describe('what administrators may do', () => {
  const calls = [
    ['GET', '/api/v1/admin/sessions'],
    ['GET', '/api/v1/admin/totals'],
    ['GET', '/api/v1/admin/findings'],
    ['GET', '/api/v1/admin/users/42/devices'],
    ['DELETE', '/api/v1/admin/users/42/devices/dev_aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['DELETE', '/api/v1/admin/sessions/ses_aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['DELETE', '/api/v1/admin/users/42/sessions'],
    ['GET', '/api/v1/admin/sessions?limit=nonsense'],
  ] as const

  it.each(calls)('users may not: %s %s', async (method, path) => {
    const response = await temporary.send(method, path, { cookie: user })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'forbidden' })
  })

  it.each(calls)('nobody may without a session: %s %s', async (method, path) => {
    expect((await temporary.send(method, path)).status).toBe(401)
  })

  it('is said to need all factors, where it is described', async () => {
    const document = (await (await temporary.send('GET', '/openapi.json')).json()) as {
      paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>>
    }
    const described = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/v1/admin/'))
    expect(described.length).toBeGreaterThan(20)
    for (const [path, methods] of described)
      for (const { responses } of Object.values(methods))
        expect(responses['403']?.description, path).toContain('factor-required')
  })

  it('no session of an application may', async () => {
    const { token } = await temporary.program.sessions.createSession({ userId: '42' })
    const headers = { Authorization: `Bearer ${token}` }
    expect((await temporary.send('GET', '/api/v1/admin/totals', { headers })).status).toBe(403)
  })
})

describe('the list of sessions', () => {
  it('names users by their address and pages through all of them once', async () => {
    const all = await list('')
    expect(all.sessions.find((session) => session.user_id === userId)?.user_label).toBe('ann@example.com')
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: ManagedSessionsResponse = await list(`limit=2${cursor === null ? '' : `&cursor=${cursor}`}`)
      seen.push(...page.sessions.map(({ id }) => id))
      cursor = page.next_cursor
    } while (cursor !== null)
    expect(seen).toEqual(all.sessions.map(({ id }) => id))
  })

  it.each([
    ['search=customer-1', ['customer-1']],
    ['search=203.0.113.2', ['customer-2']],
    ['user_id=customer-0', ['customer-0']],
    ['ip_address=203.0.113.1', ['customer-1']],
    ['ip_address=::FFFF:203.0.113.1', ['customer-1']],
    ['ip_address=nonsense', []],
    ['search=203.0.113.', []],
    ['search=::ffff:203.0.113.2', ['customer-2']],
    ['device_type=tablet', ['customer-0', 'customer-1', 'customer-2']],
    ['device_type=tv', []],
    ['state=ended', []],
  ])('is narrowed by %s', async (query, users) => {
    expect(usersIn(await list(query))).toEqual(users)
  })

  it('is searched by e-mail address, too', async () => {
    expect(usersIn(await list('search=ann@'))).toEqual([userId])
  })

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'state=asleep',
    'device_type=toaster',
    'user_id=',
    'cursor=nonsense',
    'search=%00',
    `search=${'x'.repeat(256)}`,
  ])('refuses %s', async (query) => {
    const response = await temporary.send('GET', `/api/v1/admin/sessions?${query}`, { cookie: admin })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ field: query.split('=')[0] })
  })
})

describe('ending sessions', () => {
  it('ends one, says by whom, and knows that it had ended before', async () => {
    const { sessions } = temporary.program
    const { session } = await sessions.createSession({ userId: 'customer-8' })
    const end = () => temporary.send('DELETE', `/api/v1/admin/sessions/${session.id}`, { cookie: admin })
    expect(await (await end()).json()).toMatchObject({ revoked: true })
    expect(await (await end()).json()).toMatchObject({ revoked: false })
    const ended = await sessions.getSession(session.id)
    expect(ended).toMatchObject({ endReason: 'revoked', endedBy: expect.stringMatching(/^admin:usr_/) })
  })

  it.each(['ses_aaaaaaaaaaaaaaaaaaaaaaaa', 'nonsense', '%00'])('does not know %s', async (id) => {
    const response = await temporary.send('DELETE', `/api/v1/admin/sessions/${id}`, { cookie: admin })
    expect(response.status).toBe(404)
  })

  it("ends all of a user's, and keeps the administrator's own", async () => {
    const { sessions } = temporary.program
    for (let index = 0; index < 3; index += 1) await sessions.createSession({ userId: 'customer-9' })
    const response = await temporary.send('DELETE', '/api/v1/admin/users/customer-9/sessions', {
      cookie: admin,
    })
    expect(await response.json()).toMatchObject({ revoked_count: 3, current: 'kept' })
    expect(response.headers.getSetCookie()).toEqual([])
  })

  it("of the administrator's own clears the cookie", async () => {
    const cookie = await signIn('root@example.com')
    const id = cookie.slice('latchkey='.length).split('.')[0]
    const response = await temporary.send('DELETE', `/api/v1/admin/sessions/${id}`, { cookie })
    expect(response.headers.getSetCookie()[0]).toMatch(/Max-Age=0/)
  })
})

describe("a user's devices", () => {
  const path = '/api/v1/admin/users/customer-7/devices'
  const signInOn = () => temporary.program.sessions.createSession({ userId: 'customer-7', deviceTokens: [] })

  it('are listed and forgotten, and the record says by whom', async () => {
    const { session, device } = await signInOn()
    const list = await temporary.send('GET', path, { cookie: admin })
    expect(await list.json()).toMatchObject({
      devices: [{ id: device?.id, is_current: false, active_sessions: 1 }],
      total_count: 1,
    })
    const forget = () => temporary.send('DELETE', `${path}/${device?.id}`, { cookie: admin })
    expect(await (await forget()).json()).toMatchObject({
      forgotten: true,
      revoked_count: 1,
      current: 'kept',
    })
    expect((await forget()).status).toBe(404)
    expect(await temporary.program.sessions.getSession(session.id)).toMatchObject({
      endReason: 'revoked',
      endedBy: expect.stringMatching(/^admin:usr_/),
    })
  })

  it("are not forgotten by way of another user's path, or from another site", async () => {
    const { device } = await signInOn()
    const strange = `/api/v1/admin/users/customer-6/devices/${device?.id}`
    expect((await temporary.send('DELETE', strange, { cookie: admin })).status).toBe(404)
    const foreign = await temporary.send('DELETE', `${path}/${device?.id}`, {
      cookie: admin,
      headers: { Origin: 'https://evil.example.org' },
    })
    expect(foreign.status).toBe(403)
    expect(await temporary.program.sessions.getDevices('customer-7')).toHaveLength(1)
  })

  it("of the administrator's own clears the cookie when it is the one in use", async () => {
    const cookie = await signIn('root@example.com')
    const me = await temporary.send('GET', '/api/v1/auth/me', { cookie })
    const { user, session } = (await me.json()) as { user: { id: string }; session: { device_id: string } }
    const own = `/api/v1/admin/users/${user.id}/devices/${session.device_id}`
    const response = await temporary.send('DELETE', own, { cookie })
    expect(await response.json()).toMatchObject({ current: 'revoked' })
    expect(response.headers.getSetCookie()[0]).toMatch(/^latchkey=;.*Max-Age=0/)
  })
})

it('findings name the proxy when all sessions come from one private address', async () => {
  await using behindProxy = await temporaryProgram({ LATCHKEY_PUBLIC_URL: 'https://app.example.com' })
  const { accounts, sessions } = behindProxy.program
  await accounts.create({ email: 'root@example.com', role: 'admin', password })
  for (let index = 0; index < 10; index += 1) {
    await sessions.createSession({ userId: `customer-${index}`, ipAddress: '10.0.0.9' })
  }
  const login = await behindProxy.send('POST', '/api/v1/auth/login', {
    body: { email: 'root@example.com', password },
    remoteAddress: '10.0.0.9',
  })
  const response = await behindProxy.send('GET', '/api/v1/admin/findings', { cookie: cookieOf(login) })
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({
    findings: [
      {
        check: 'addresses',
        message: expect.stringContaining('10.0.0.9'),
        remedy: expect.stringContaining('LATCHKEY_TRUSTED_PROXIES=10.0.0.9/32'),
      },
    ],
  })
  const none = await temporary.send('GET', '/api/v1/admin/findings', { cookie: admin })
  expect(await none.json()).toEqual({ findings: [] })
})

it('totals add up', async () => {
  const response = await temporary.send('GET', '/api/v1/admin/totals', { cookie: admin })
  const totals = (await response.json()) as { active_sessions: number; created: number; ended: object }
  const ended = Object.values(totals.ended).reduce((sum: number, count: number) => sum + count, 0)
  expect(totals.active_sessions + ended).toBe(totals.created)
})
