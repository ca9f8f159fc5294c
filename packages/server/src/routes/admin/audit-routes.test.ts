import type { AuditEntriesResponse, AuditEntry, AuditVerificationResponse } from 'latchkey/http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'
const root = 'root@example.com'

let temporary: TemporaryProgram
let admin: string
let adminId: string
let userId: string

function logIn(email: string, secret = password): Promise<Response> {
  return temporary.send('POST', '/api/v1/auth/login', { body: { email, password: secret } })
}

beforeAll(async () => {
  temporary = await temporaryProgram({ LATCHKEY_POLICY_PRESET: 'nist-aal2' })
  const { accounts } = temporary.program
  const made = await accounts.create({ email: root, role: 'admin', password })
  const created = await accounts.create({ email: 'ann@example.com', role: 'user', password })
  adminId = made.kind === 'created' ? made.account.id : ''
  userId = created.kind === 'created' ? created.account.id : ''
  admin = cookieOf(await logIn(root))
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

async function audit(query: string, cookie = admin): Promise<AuditEntriesResponse> {
  const response = await temporary.send('GET', `/api/v1/admin/audit?${query}`, { cookie })
  expect(response.status).toBe(200)
  return (await response.json()) as AuditEntriesResponse
}

const typesOf = ({ entries }: AuditEntriesResponse) => entries.map(({ type }) => type)

describe('the audit log', () => {
  it('holds who signed in, in which session and request, and nothing of what was typed', async () => {
    const { entries } = await audit(`user_id=${adminId}&type=sign-in.succeeded`)
    expect(entries).toHaveLength(1)
    const [entry] = entries
    expect(entry).toMatchObject({
      event: 'authn_login_success',
      level: 'INFO',
      user_label: root,
      actor: `user:${adminId}`,
      actor_label: root,
      session_id: admin.slice('latchkey='.length).split('.')[0],
      request_id: expect.any(String),
      after: { source: expect.stringMatching(/^src_/) },
    })
    const held = (await audit('limit=200')).entries.map((all) => ({
      ...all,
      user_label: '',
      actor_label: '',
    }))
    expect(JSON.stringify(held)).not.toMatch(/example\.com|horse|192\.0\.2/)
  })

  it('names those who have accounts here, and nobody else', async () => {
    const { sessions } = temporary.program
    await sessions.createSession({ userId, createdBy: `admin:${adminId}` })
    const [ofAccount] = (await audit(`user_id=${userId}&type=session.created`)).entries
    expect(ofAccount).toMatchObject({ user_label: 'ann@example.com', actor_label: root })
    await sessions.createSession({ userId: 'of-a-back-end', createdBy: 'service:key' })
    const [ofBackEnd] = (await audit('user_id=of-a-back-end')).entries
    expect(ofBackEnd).toMatchObject({ user_label: null, actor: 'service:key', actor_label: null })
    await sessions.forgetUser('of-a-back-end')
    await sessions.invalidateAllUserSessions(userId)
  })

  it('names nobody to the user whom it is about', async () => {
    const response = await temporary.send('GET', '/api/v1/security/activity', { cookie: admin })
    const { entries } = (await response.json()) as AuditEntriesResponse
    expect(entries.length).toBeGreaterThan(0)
    for (const entry of entries) expect(entry).toMatchObject({ user_label: null, actor_label: null })
  })

  it('is filtered, and pages through everything once', async () => {
    const all = await audit('limit=200')
    expect(all.next_cursor).toBeNull()
    const seen: AuditEntry[] = []
    let cursor: string | null = null
    do {
      const page: AuditEntriesResponse = await audit(`limit=2${cursor === null ? '' : `&cursor=${cursor}`}`)
      seen.push(...page.entries)
      cursor = page.next_cursor
    } while (cursor !== null)
    expect(seen.map(({ position }) => position)).toEqual(all.entries.map(({ position }) => position))
    expect(typesOf(await audit(`user_id=${userId}&type=account.created`))).toEqual(['account.created'])
    expect(typesOf(await audit('event=user_created'))).toEqual(['account.created', 'account.created'])
    expect((await audit('actor=command-line')).entries).toEqual([])
    expect((await audit('until=2020-01-01T00:00:00Z')).entries).toEqual([])
    expect((await audit('from=2020-01-01T00:00:00Z&limit=200')).entries).toHaveLength(all.entries.length)
    expect((await audit('event=no_such_name')).entries).toEqual([])
  })

  it('finds by name only those that have it, though others have their type, page by page', async () => {
    const { sessions } = temporary.program
    for (let index = 0; index < 4; index += 1) {
      const { session } = await sessions.createSession({ userId: `named-${index}` })
      await sessions.invalidateSession(session.id, { reason: index % 2 ? 'logout' : 'token-reuse' })
    }
    const first = await audit('event=authn_token_reuse&limit=1')
    expect(first.entries.map(({ reason }) => reason)).toEqual(['token-reuse'])
    const rest = await audit(`event=authn_token_reuse&cursor=${first.next_cursor}`)
    expect(rest.entries.map(({ reason }) => reason)).toEqual(['token-reuse'])
  })

  it.each([
    'limit=0',
    'limit=201',
    'type=nonsense',
    'from=yesterday',
    'cursor=nonsense',
    'session_id=nonsense',
    'user_id=',
  ])('refuses %s', async (query) => {
    const response = await temporary.send('GET', `/api/v1/admin/audit?${query}`, { cookie: admin })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ field: query.split('=')[0] })
  })

  it('is verified as a whole, and its head can be kept', async () => {
    const response = await temporary.send('GET', '/api/v1/admin/audit/verification', { cookie: admin })
    const found = (await response.json()) as AuditVerificationResponse
    expect(found).toMatchObject({ intact: true, broken: null, head: expect.stringMatching(/^\d+:/) })
    expect(found.message).toContain('as it was written')
    expect(found.message).toContain(String(found.since))
  })
})

describe('a sign-in that failed', () => {
  const failures = async () =>
    (await audit('type=sign-in.failed')).entries.map(({ user_id: id, after }) => [id, after?.['reason']])

  it('is on record, with the account where there is one', async () => {
    expect((await logIn('ann@example.com', 'wrong')).status).toBe(401)
    expect((await logIn('nobody@example.com')).status).toBe(401)
    expect(await failures()).toEqual([
      [null, 'wrong-credentials'],
      [userId, 'wrong-credentials'],
    ])
  })

  it('of a disabled account answers as one with a wrong password, and the record says why', async () => {
    await temporary.program.sessions.disableUser(userId)
    const [right, wrong] = [await logIn('ann@example.com'), await logIn('ann@example.com', 'wrong')]
    await temporary.program.sessions.enableUser(userId)
    expect([right.status, wrong.status]).toEqual([401, 401])
    const [toRight, toWrong] = (await Promise.all([right.json(), wrong.json()])) as object[]
    expect({ ...toRight, request_id: '' }).toEqual({ ...toWrong, request_id: '' })
    expect((await failures()).slice(0, 2)).toEqual([
      [userId, 'user-disabled'],
      [userId, 'user-disabled'],
    ])
    expect((await logIn('ann@example.com')).status).toBe(200)
  })

  it('because there were too many before is on record once a minute for a source', async () => {
    for (let time = 0; time < 13; time += 1) await logIn('often@example.com', 'wrong')
    const throttled = await audit('type=sign-in.throttled')
    expect(throttled.entries).toHaveLength(1)
    expect(throttled.entries[0]).toMatchObject({ event: 'authn_login_fail_max', user_id: null })
  })
})

it('a proof of identity that fails is on record with its session', async () => {
  const cookie = cookieOf(await logIn(root))
  await temporary.send('POST', '/api/v1/auth/reauthenticate', { cookie, body: { password: 'wrong' } })
  const [entry] = (await audit(`type=sign-in.failed&user_id=${adminId}`)).entries
  expect(entry?.session_id).toBe(cookie.slice('latchkey='.length).split('.')[0])
})

it('a sign-in beyond the limit of sessions is refused with 409 where the policy says so, and is on record', async () => {
  await using limited = await temporaryProgram({
    LATCHKEY_SESSION_LIMIT: '1',
    LATCHKEY_AT_SESSION_LIMIT: 'reject',
  })
  await limited.program.accounts.create({ email: root, role: 'admin', password })
  const send = () => limited.send('POST', '/api/v1/auth/login', { body: { email: root, password } })
  const first = await send()
  const second = await send()
  expect([first.status, second.status]).toEqual([200, 409])
  expect(await second.json()).toMatchObject({ code: 'session-limit-reached' })
  const response = await limited.send('GET', '/api/v1/admin/audit?event=authn_login_fail', {
    cookie: cookieOf(first),
  })
  expect(await response.json()).toMatchObject({ entries: [{ after: { reason: 'session-limit-reached' } }] })
})
