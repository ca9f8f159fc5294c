import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningProgram, serviceKey, startAdministered, startSharedProgram } from '../running-program.ts'
import { temporaryFolder, unownedTemporaryFolder } from '../temporary-folder.ts'
import { asService, signedIn, Visitor } from '../visitor.ts'

const own = '/api/v1/security/sessions'
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

const userSession = {
  id: expect.stringMatching(/^ses_[a-z2-7]{24}$/),
  device_info: expect.objectContaining({ type: expect.any(String), browser: expect.any(String) }),
  created_at: iso,
  expires_at: iso,
  idle_expires_at: iso,
  is_active: true,
}

describe('a host back end', () => {
  it('walks through creating, verifying, listing, counting, adding up and ending', async () => {
    const program = await startAdministered(temporaryFolder())
    const device = { type: 'mobile', browser: 'Firefox', os: 'Android' }
    const created = await asService(program, 'POST', '/api/v1/sessions', {
      user_id: 42,
      device_info: device,
      ip_address: '2001:db8::7',
      expires_in_days: 30,
      a_field_of_tomorrow: true,
    })
    expect(created.status, created.text).toBe(201)
    expect(created.body.session).toMatchObject({
      ...userSession,
      user_id: '42',
      device_info: device,
      ip_address: '2001:db8::7',
    })
    const { token, session } = created.body

    const verified = await asService(program, 'POST', '/api/v1/sessions/verify', { token })
    expect(verified.body).toMatchObject({ active: true, session: { id: session.id, user_id: '42' } })
    const introspected = await fetch(`${program.url}/api/v1/introspect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${serviceKey}` },
      body: new URLSearchParams({ token }),
    })
    expect(await introspected.json()).toMatchObject({ active: true, sub: '42' })

    await asService(program, 'POST', '/api/v1/sessions', { user_id: '42' })
    expect((await asService(program, 'GET', '/api/v1/users/42/sessions')).body.total_count).toBe(2)
    expect((await asService(program, 'GET', '/api/v1/users/42/sessions/count')).body).toEqual({
      active_sessions: 2,
    })
    const analytics = await asService(program, 'GET', '/api/v1/users/42/sessions/analytics')
    expect(analytics.body).toMatchObject({ total_sessions: 2, active_sessions: 2, recent_sessions: 2 })
    expect(analytics.body.daily).toHaveLength(30)

    const one = await asService(program, 'DELETE', `/api/v1/users/42/sessions/${session.id}`)
    expect(one.body).toMatchObject({ revoked: true })
    const after = await asService(program, 'POST', '/api/v1/sessions/verify', { token })
    expect(after.body).toEqual({ active: false, reason: 'revoked' })
    const rest = await asService(program, 'DELETE', '/api/v1/users/42/sessions')
    expect(rest.body).toMatchObject({ revoked_count: 1 })
  })

  it('gets the same session for the same idempotency key, from a program that was killed meanwhile, too', async () => {
    const folder = temporaryFolder()
    const first = await startAdministered(folder)
    const create = async (url: string, user: string) => {
      const answer = await fetch(`${url}/api/v1/sessions`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${serviceKey}`,
          'content-type': 'application/json',
          'idempotency-key': 'one-sign-in',
        },
        body: JSON.stringify({ user_id: user }),
      })
      return { status: answer.status, body: await answer.json() }
    }
    const original = await create(first.url, 'ada')
    expect(original.status).toBe(201)
    await first.end('SIGKILL')
    const second = await startAdministered(folder)
    const repeated = await create(second.url, 'ada')
    expect(repeated.body.token).toBe(original.body.token)
    expect(repeated.body.session.id).toBe(original.body.session.id)
    expect((await create(second.url, 'grace')).status).toBe(409)
  })

  it('is refused without its key, and with a session in its place', async () => {
    const program = await startAdministered(temporaryFolder())
    const visitor = await signedIn(program)
    const nobody = new Visitor(program.url)
    expect((await nobody.send('POST', '/api/v1/sessions', { user_id: '42' })).status).toBe(401)
    const withSession = { authorization: `Bearer ${visitor.token}` }
    expect((await nobody.send('POST', '/api/v1/sessions', { user_id: '42' }, withSession)).status).toBe(401)
    expect((await nobody.send('GET', '/api/v1/users/42/sessions', undefined, withSession)).status).toBe(401)
  })
})

describe('bad input', () => {
  let program: RunningProgram
  const folder = unownedTemporaryFolder()
  beforeAll(async () => {
    program = await startSharedProgram(folder)
  })
  afterAll(async () => {
    await program.end('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  })

  it.each<[string, string, string, unknown, number, string | null]>([
    ['a user id of the wrong type', 'POST', '/api/v1/sessions', { user_id: {} }, 422, 'user_id'],
    ['a user id that is too long', 'POST', '/api/v1/sessions', { user_id: 'x'.repeat(256) }, 422, 'user_id'],
    ['a missing user id', 'POST', '/api/v1/sessions', {}, 422, 'user_id'],
    [
      'a lifetime of no length',
      'POST',
      '/api/v1/sessions',
      { user_id: '1', expires_in_days: 0 },
      422,
      'expires_in_days',
    ],
    [
      'an address that is none',
      'POST',
      '/api/v1/sessions',
      { user_id: '1', ip_address: 'here' },
      422,
      'ip_address',
    ],
    ['a token that is no text', 'POST', '/api/v1/sessions/verify', { token: 1 }, 422, 'token'],
    [
      'a body over 64 KiB',
      'POST',
      '/api/v1/sessions',
      { user_id: '1', filler: 'x'.repeat(70_000) },
      413,
      null,
    ],
    ['a wrong method', 'PUT', '/api/v1/sessions', undefined, 405, null],
    ['a path that does not exist', 'GET', '/api/v1/nowhere', undefined, 404, null],
    ['a session id of the wrong shape', 'DELETE', '/api/v1/users/1/sessions/nonsense', undefined, 404, null],
  ])('%s is refused with a problem that says where', async (_what, method, path, body, status, field) => {
    const answer = await asService(program, method, path, body)
    expect(answer.status, answer.text).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      code: expect.any(String),
      request_id: expect.any(String),
      ...(field !== null && { field }),
    })
    if (status === 405) expect(answer.headers.get('allow')).toContain('POST')
  })

  it('text that is no JSON is a 400', async () => {
    const headers = { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' }
    const answer = await fetch(`${program.url}/api/v1/sessions`, {
      method: 'POST',
      headers,
      body: '{"user_id"',
    })
    expect(answer.status).toBe(400)
  })
})

describe('a browser', () => {
  it('gets its session in a cookie that scripts cannot read, and never in a body', async () => {
    const program = await startAdministered(temporaryFolder())
    const visitor = await signedIn(program)
    expect(visitor.cookie).toMatch(/^latchkey=ses_/)
    const answer = await visitor.send('GET', own)
    expect(answer.body.sessions).toEqual([expect.objectContaining({ ...userSession, is_current: true })])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.text).not.toContain(visitor.token.split('.')[1])
  })

  it('cannot be made to end a session by another site', async () => {
    const program = await startAdministered(temporaryFolder())
    const visitor = await signedIn(program)
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const refused = await visitor.send('DELETE', own, undefined, foreign)
    expect(refused.status).toBe(403)
    const login = { email: 'a@example.com', password: 'whatever it is' }
    expect((await visitor.send('POST', '/api/v1/auth/login', login, foreign)).status).toBe(403)
    expect((await visitor.send('GET', `${own}/count`)).body).toEqual({ active_sessions: 1 })
  })

  it('gets one and the same answer for every credential that is none', async () => {
    const program = await startAdministered(temporaryFolder())
    const visitor = await signedIn(program)
    const ended = visitor.cookie ?? ''
    await visitor.send('POST', '/api/v1/auth/logout')
    const bodies = new Set<string>()
    for (const cookie of ['', 'latchkey=x', `${ended}x`, ended, ended.replace('ses_', 'ses_a')]) {
      const answer = await visitor.send('GET', own, undefined, { cookie })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
      bodies.add(JSON.stringify({ ...answer.body, request_id: null }))
    }
    expect(bodies.size).toBe(1)
  })

  it('finds console, reference and health where they belong', async () => {
    const program = await startAdministered(temporaryFolder())
    const visitor = new Visitor(program.url)
    const pages = {
      '/': 200,
      '/settings/security': 200,
      '/docs': 200,
      '/openapi.json': 200,
      '/healthz': 200,
      '/readyz': 200,
      '/metrics': 200,
    }
    for (const [path, status] of Object.entries(pages)) {
      const answer = await fetch(`${program.url}${path}`, { headers: { accept: 'text/html,*/*' } })
      expect(answer.status, path).toBe(status)
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff')
      const page = await answer.text()
      expect(page, path).not.toMatch(/(src|href)="https?:\/\//)
    }
    const { body } = await visitor.send('GET', '/openapi.json')
    expect(body.openapi).toMatch(/^3\.1/)
    expect(Object.keys(body.paths)).toContain('/api/v1/sessions/verify')
  })
})
