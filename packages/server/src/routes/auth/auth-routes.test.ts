import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const email = 'ann@example.com'
const password = 'correct horse battery'

let temporary: TemporaryProgram

beforeEach(async () => {
  temporary = await temporaryProgram()
  await temporary.program.accounts.create({ email, role: 'user', password })
})

afterEach(async () => {
  await temporary[Symbol.asyncDispose]()
})

const login = (body: Record<string, unknown> = {}, cookie?: string) =>
  temporary.send('POST', '/api/v1/auth/login', {
    body: { email, password, ...body },
    ...(cookie !== undefined && { cookie }),
  })

const me = (cookie: string) => temporary.send('GET', '/api/v1/auth/me', { cookie })

/** The secret parts of the session's token and of the device's. */
function secretsIn(cookie: string): readonly string[] {
  const secrets = [...cookie.matchAll(/=(?:ses|dev)_\w+\.([\w-]+)/g)].map(([, secret = '']) => secret)
  expect(secrets).toHaveLength(2)
  return secrets
}

/** What a browser sends that has lost its session cookie. */
const onlyDevice = (cookie: string) => cookie.replace(/^latchkey=[^;]*; /, '')

describe('signing in', () => {
  it('gives a session whose token travels in the cookie only', async () => {
    const response = await login()
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({
      user: { email, role: 'user' },
      session: { is_current: true, is_active: true, ip_address: '192.0.2.1' },
    })
    const [cookie = '', device = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^latchkey=ses_.*; HttpOnly; SameSite=Lax/)
    expect(device).toMatch(/^latchkey-device=dev_.*; Max-Age=34560000; .*HttpOnly; SameSite=Lax/)
    for (const secret of secretsIn(cookieOf(response))) expect(text).not.toContain(secret)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await (await me(cookieOf(response))).json()).toMatchObject({ user: { email } })
  })

  it('asks the browser for the release of its system from now on; no other answer does', async () => {
    const response = await login()
    expect(response.headers.get('accept-ch')).toContain('Sec-CH-UA-Platform-Version')
    const others = [await me(cookieOf(response)), await login({ transport: 'bearer' })]
    expect(others.map(({ headers }) => headers.get('accept-ch'))).toEqual([null, null])
  })

  it('gives the token in the body, and no cookie, to a client without a jar', async () => {
    const response = await login({ transport: 'bearer' })
    const { token } = (await response.json()) as { token: string }
    expect(response.headers.getSetCookie()).toEqual([])
    const answer = await temporary.send('GET', '/api/v1/auth/me', {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(200)
  })

  it('again in the same browser replaces the session that was there', async () => {
    const first = cookieOf(await login())
    const second = cookieOf(await login({}, first))
    expect((await me(first)).status).toBe(401)
    const list = await temporary.send('GET', '/api/v1/security/sessions', { cookie: second })
    expect(await list.json()).toMatchObject({ total_count: 1 })
  })

  it('again in a browser that lost its session cookie replaces it, too: the device is known', async () => {
    const first = cookieOf(await login())
    const second = cookieOf(await login({}, onlyDevice(first)))
    expect((await me(first)).status).toBe(401)
    const list = await temporary.send('GET', '/api/v1/security/devices', { cookie: second })
    expect(await list.json()).toMatchObject({
      devices: [{ is_current: true, active_sessions: 1 }],
      total_count: 1,
    })
  })

  it('in another browser is another device, and leaves the first one signed in', async () => {
    const [first, second] = [cookieOf(await login()), cookieOf(await login())]
    expect((await me(first)).status).toBe(200)
    const list = await temporary.send('GET', '/api/v1/security/devices', { cookie: second })
    expect(await list.json()).toMatchObject({ total_count: 2 })
  })

  it('without a cookie jar is on no device', async () => {
    const { session } = (await (await login({ transport: 'bearer' })).json()) as { session: object }
    expect(session).toMatchObject({ device_id: null })
  })

  it.each([
    ['x-forwarded-for', '198.51.100.7'],
    ['forwarded', '203.0.113.9'],
  ])(
    'behind a proxy that speaks %s comes from where that says, whatever else was sent',
    async (header, from) => {
      await using proxied = await temporaryProgram({
        LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/8',
        LATCHKEY_FORWARDED_HEADER: header,
      })
      await proxied.program.accounts.create({ email, role: 'user', password })
      const response = await proxied.send('POST', '/api/v1/auth/login', {
        body: { email, password },
        headers: { 'X-Forwarded-For': '198.51.100.7', Forwarded: 'for=203.0.113.9' },
        remoteAddress: '10.0.0.1',
      })
      expect(await response.json()).toMatchObject({ session: { ip_address: from } })
    },
  )

  it('answers a wrong password and an unknown address with one and the same body', async () => {
    const bodies = await Promise.all(
      [
        login({ password: 'wrong' }),
        login({ email: 'nobody@example.com' }),
        login({ email: 'no address' }),
      ].map(async (answer) => {
        const response = await answer
        expect(response.status).toBe(401)
        const { request_id, ...body } = (await response.json()) as Record<string, unknown>
        expect(request_id).toMatch(/^req_/)
        return body
      }),
    )
    expect(bodies[1]).toEqual(bodies[0])
    expect(bodies[2]).toEqual(bodies[0])
  })

  it('is slowed down with 429 and Retry-After, the right password included, and others are not', async () => {
    for (let failure = 0; failure < 10; failure += 1) await login({ password: 'wrong' })
    const stopped = await login()
    expect(stopped.status).toBe(429)
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(800)
    expect(await stopped.json()).toMatchObject({ code: 'too-many-attempts' })
    await temporary.program.accounts.create({ email: 'bob@example.com', role: 'user', password })
    expect((await login({ email: 'bob@example.com' })).status).toBe(200)
  })

  it('is refused from another site', async () => {
    const response = await temporary.send('POST', '/api/v1/auth/login', {
      body: { email, password },
      headers: { Origin: 'https://evil.example.org', 'Sec-Fetch-Site': 'cross-site' },
    })
    expect(response.status).toBe(403)
    expect(response.headers.getSetCookie()).toEqual([])
  })

  it.each([
    [{ email: 5 }, 'email'],
    [{ password: '' }, 'password'],
    [{ password: 'x'.repeat(1_025) }, 'password'],
    [{ email: `${'x'.repeat(320)}@example.com` }, 'email'],
    [{ transport: 'pigeon' }, 'transport'],
  ])('names the field at fault of %o', async (body, field) => {
    const response = await login(body)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ code: 'invalid-input', field })
  })

  it('leaves neither password nor token nor address in the log', async () => {
    const cookie = cookieOf(await login())
    await login({ password: 'wrong canary password' })
    await me(cookie)
    const log = temporary.logLines.join('')
    expect(log).toContain('/api/v1/auth/login')
    for (const secret of [password, 'canary', ...secretsIn(cookie), email, '192.0.2.1']) {
      expect(log).not.toContain(secret)
    }
  })
})

describe('signing out', () => {
  it('ends the session with the reason logout and clears the cookie', async () => {
    const cookie = cookieOf(await login())
    const response = await temporary.send('POST', '/api/v1/auth/logout', { cookie })
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^latchkey=;.*Max-Age=0/)])
    expect((await me(cookie)).status).toBe(401)
    expect((await temporary.program.sessions.getTotals()).ended.logout).toBe(1)
  })

  it('from another site ends nothing, and clears nothing where the browser keeps the cookie back', async () => {
    const cookie = cookieOf(await login())
    const headers = { Origin: 'https://evil.example.org' }
    for (const sent of [{ cookie, headers }, { headers }]) {
      const response = await temporary.send('POST', '/api/v1/auth/logout', sent)
      expect([response.status, response.headers.getSetCookie()]).toEqual([403, []])
      expect(response.headers.has('Clear-Site-Data')).toBe(false)
    }
    expect((await me(cookie)).status).toBe(200)
  })

  it('twice is no error', async () => {
    expect((await temporary.send('POST', '/api/v1/auth/logout')).status).toBe(200)
  })
})

describe('proving again who one is', () => {
  const reauthenticate = (cookie: string, text: string) =>
    temporary.send('POST', '/api/v1/auth/reauthenticate', { cookie, body: { password: text } })

  it('keeps the session and gives a new token; the old one serves requests on their way, and is theft after that', async () => {
    const before = cookieOf(await login())
    const response = await reauthenticate(before, password)
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()).toHaveLength(1)
    const after = cookieOf(response)
    expect(after.split('.')[0]).toBe(before.split('.')[0])
    expect((await me(before)).status).toBe(200)
    expect((await me(after)).status).toBe(200)
    vi.useFakeTimers({ now: Date.now() + 6_000, toFake: ['Date'] })
    const late = await me(before)
    vi.useRealTimers()
    expect(late.status).toBe(401)
    expect((await me(after)).status).toBe(401)
  })

  it('fails with a wrong password, and leaves the session as it was', async () => {
    const cookie = cookieOf(await login())
    const refused = await reauthenticate(cookie, 'wrong')
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer /)
    expect((await me(cookie)).status).toBe(200)
  })

  it('in a session that ends meanwhile has the one answer to every bad credential', async () => {
    const cookie = cookieOf(await login())
    const spy = vi.spyOn(temporary.program.sessions, 'renewSession').mockResolvedValueOnce(null)
    const [late, never] = [
      await reauthenticate(cookie, password),
      await reauthenticate('latchkey=x', password),
    ]
    spy.mockRestore()
    const body = async (response: Response) => ({ ...((await response.json()) as object), request_id: '' })
    expect(await body(late)).toEqual(await body(never))
    expect(late.headers.get('www-authenticate')).toBe(never.headers.get('www-authenticate'))
  })

  it('asks for a session before anything else', async () => {
    const response = await temporary.send('POST', '/api/v1/auth/reauthenticate', { body: { nonsense: true } })
    expect(response.status).toBe(401)
  })
})

describe('set-up over HTTP', () => {
  const setUp = (token: string, address: string) =>
    temporary.send('POST', '/api/v1/auth/setup', { body: { token, email: address, password } })

  it('is won by one of twenty, who is signed in by it', async () => {
    const token = (await temporary.program.accounts.openSetup()) ?? ''
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => setUp(token, `root${index}@example.com`)),
    )
    const winners = answers.filter(({ status }) => status === 201)
    expect(winners).toHaveLength(1)
    expect(answers.every(({ status }) => [201, 410, 429].includes(status))).toBe(true)
    const [winner] = winners
    if (!winner) throw new Error('nobody won')
    expect(await (await me(cookieOf(winner))).json()).toMatchObject({
      user: { role: 'admin' },
      session: { device_id: expect.stringMatching(/^dev_/) },
    })
    const state = await temporary.send('GET', '/api/v1/auth/setup')
    expect(await state.json()).toEqual({ open: false })
  })

  it('names the field when the password is too weak', async () => {
    const token = (await temporary.program.accounts.openSetup()) ?? ''
    const response = await temporary.send('POST', '/api/v1/auth/setup', {
      body: { token, email: 'root@example.com', password: 'short' },
    })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ field: 'password' })
  })
})

it('a database that is away is 503 with Retry-After, and never 401', async () => {
  const cookie = cookieOf(await login())
  const spy = vi.spyOn(temporary.program.sessions, 'close')
  await temporary.program.close()
  expect(spy).toHaveBeenCalledOnce()
  for (const response of [await me(cookie), await login()]) {
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).not.toBeNull()
  }
})
