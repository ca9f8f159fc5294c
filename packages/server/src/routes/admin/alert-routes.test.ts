import type { AlertOnWire, AlertsResponse, DetectorsResponse, MutesResponse } from 'latchkey/http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sampleAlert } from '../../mail/alert-fixture.fake.ts'
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
const send = (method: string, path: string, body?: object, cookie = admin) =>
  temporary.send(method, `/api/v1/admin/${path}`, { cookie, ...(body && { body }) })
const idOf = (letter: string) => `alr_${letter.repeat(26)}` as const
const open = (letter: string, change: Parameters<typeof sampleAlert>[0] = {}) =>
  temporary.program.storage.alerts.add(
    sampleAlert({ id: idOf(letter), userId, response: null, ...change }),
    [],
  )
const list = async (query = '') => (await (await send('GET', `alerts${query}`)).json()) as AlertsResponse

beforeAll(async () => {
  temporary = await temporaryProgram()
  const { accounts, sessions } = temporary.program
  const made = await accounts.create({ email: 'root@example.com', role: 'admin', password })
  const created = await accounts.create({ email: 'ann@example.com', role: 'user', password })
  adminId = made.kind === 'created' ? made.account.id : ''
  userId = created.kind === 'created' ? created.account.id : ''
  admin = await signIn('root@example.com')
  user = await signIn('ann@example.com')
  const { session } = await sessions.createSession({ userId })
  await open('a', { sessionId: session.id, severity: 'high' })
  await open('b', { sessionId: null, state: 'resolved' })
  await open('c', { sessionId: null, userId: 'customer-1', detector: 'impossible-travel' })
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

const changes = [
  ['PATCH', `alerts/${idOf('a')}`],
  ['POST', 'mutes'],
  ['DELETE', 'mutes/mut_aaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ['PATCH', 'detectors/impossible-travel'],
] as const
const reads = [
  ['GET', 'alerts'],
  ['GET', `alerts/${idOf('a')}`],
  ['GET', 'mutes'],
  ['GET', 'detectors'],
  ['POST', 'backtests'],
] as const

describe('who may not', () => {
  it.each([...changes, ...reads])('users get 403, and nobody 401: %s %s', async (method, path) => {
    const refused = await send(method, path, undefined, user)
    expect([refused.status, (await send(method, path, undefined, '')).status]).toEqual([403, 401])
  })

  it('an administrator whose proof of identity is old is asked for one before a change', async () => {
    const cookie = await signIn('root@example.com')
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] })
    try {
      for (const [method, path] of changes) {
        const response = await send(method, path, undefined, cookie)
        expect([path, response.status, await response.json()]).toMatchObject([
          path,
          403,
          { code: 'reauthentication-required' },
        ])
      }
      expect((await send('GET', 'alerts', undefined, cookie)).status).toBe(200)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the list', () => {
  it('shows alerts with title, techniques and names, and counts by state without the states of the filter', async () => {
    const { alerts, counts, next_cursor: next } = await list('?state=open&state=acknowledged')
    expect(alerts.map(({ id }) => id).sort()).toEqual([idOf('a'), idOf('c')])
    expect([counts, next]).toEqual([{ open: 2, acknowledged: 0, resolved: 1, 'false-alarm': 0 }, null])
    expect(alerts.find(({ id }) => id === idOf('a'))).toMatchObject({
      user_label: 'ann@example.com',
      session_active: true,
      severity: 'high',
    })
    expect(alerts.find(({ id }) => id === idOf('c'))).toMatchObject({
      title: 'Impossible travel',
      attack: expect.arrayContaining(['T1078']),
      user_id: 'customer-1',
      user_label: null,
      session_active: null,
    })
  })

  it.each([
    ['?severity=high&severity=critical', 'a'],
    ['?detector=impossible-travel', 'c'],
    ['?user_id=customer-1', 'c'],
    ['?state=resolved', 'b'],
  ])('%s finds one', async (query, letter) => {
    expect((await list(query)).alerts.map(({ id }) => id)).toEqual([idOf(letter)])
  })

  it('comes in pages', async () => {
    const first = await list('?limit=2')
    const second = await list(`?limit=2&cursor=${encodeURIComponent(first.next_cursor ?? '')}`)
    const ids = [...first.alerts, ...second.alerts].map(({ id }) => id)
    expect([ids.sort(), second.next_cursor]).toEqual([['a', 'b', 'c'].map(idOf), null])
  })

  it.each(['?state=closed', '?severity=bad', '?limit=0', '?from=yesterday', '?cursor=nonsense'])(
    '%s is refused',
    async (query) => expect((await send('GET', `alerts${query}`)).status).toBe(422),
  )

  it('has no alert that does not exist', async () => {
    for (const id of [idOf('z'), 'nonsense']) expect((await send('GET', `alerts/${id}`)).status).toBe(404)
  })
})

describe('looking after an alert', () => {
  const change = (body: object, id = idOf('b')) => send('PATCH', `alerts/${id}`, body)

  it('changes state, assignee and notes, by the version that was read', async () => {
    const response = await change({ state: 'open', assignee: 'me', note: 'Looking at it.', version: 1 })
    expect((await response.json()) as AlertOnWire).toMatchObject({
      state: 'open',
      assignee: adminId,
      assignee_label: 'root@example.com',
      notes: [{ by: `admin:${adminId}`, by_label: 'root@example.com', text: 'Looking at it.' }],
      version: 2,
    })
    const late = await change({ state: 'resolved', version: 1 })
    expect([late.status, await late.json()]).toMatchObject([409, { code: 'conflict' }])
    expect((await list('?assignee=me')).alerts.map(({ id }) => id)).toEqual([idOf('b')])
    expect((await change({ assignee: null })).status).toBe(200)
    expect(await (await change({ assignee: 'Root@example.com' })).json()).toMatchObject({ assignee: adminId })
    expect(await (await change({ assignee: null, state: 'resolved' })).json()).toMatchObject({
      assignee: null,
      assignee_label: null,
      version: 5,
    })
  })

  it.each([
    [{ state: 'closed' }, 'state'],
    [{ note: '' }, 'note'],
    [{ note: 'x'.repeat(2_001) }, 'note'],
    [{ version: 0 }, 'version'],
    [{ assignee: 'usr_nobody' }, 'assignee'],
    [{ assignee: 'nobody@example.com' }, 'assignee'],
  ])('%j is refused', async (body, field) => {
    const response = await change(body)
    expect([response.status, await response.json()]).toMatchObject([422, { field }])
  })

  it('gives it to administrators only', async () => {
    expect((await change({ assignee: userId })).status).toBe(422)
  })
})

describe('mutes', () => {
  it('are added, listed and taken back', async () => {
    const added = await send('POST', 'mutes', { detector: 'impossible-travel', network: 64_500, note: 'VPN' })
    const mute = (await added.json()) as MutesResponse['mutes'][number]
    expect([added.status, mute]).toMatchObject([
      201,
      { network: 64_500, until: null, by_label: 'root@example.com' },
    ])
    const { mutes } = (await (await send('GET', 'mutes')).json()) as MutesResponse
    expect(mutes).toEqual([mute])
    expect((await send('DELETE', `mutes/${mute.id}`)).status).toBe(200)
    expect((await send('DELETE', `mutes/${mute.id}`)).status).toBe(404)
  })

  it.each([
    {},
    { note: 'everything' },
    { detector: 'no-such-thing' },
    { network: -1 },
    { device_id: 'phone' },
    { user_id: '42', until: '2020-01-01T00:00:00Z' },
  ])('%j is refused', async (body) => {
    expect((await send('POST', 'mutes', body)).status).toBe(422)
  })
})

describe('detectors', () => {
  it('observe until they are set otherwise', async () => {
    const before = (await (await send('GET', 'detectors')).json()) as DetectorsResponse
    expect(before.mail).toBe(false)
    expect(new Set(before.detectors.map(({ mode }) => mode))).toEqual(new Set(['observe']))
    const set = await send('PATCH', 'detectors/impossible-travel', {
      mode: 'enforce',
      response: 'end-session',
    })
    expect(await set.json()).toMatchObject({ mode: 'enforce', response: 'end-session' })
    const off = await send('PATCH', 'detectors/impossible-travel', { mode: 'off' })
    expect(await off.json()).toMatchObject({ mode: 'off', response: 'end-session' })
    const { items } = await temporary.program.sessions.listEvents(
      { types: ['detector.set'] },
      { cursor: null, limit: 5 },
    )
    expect(items.map(({ actor }) => actor)).toEqual([`admin:${adminId}`, `admin:${adminId}`])
  })

  it('that do not exist are 404, and modes that do not are 422', async () => {
    expect((await send('PATCH', 'detectors/nonsense', { mode: 'off' })).status).toBe(404)
    expect((await send('PATCH', 'detectors/impossible-travel', { mode: 'on' })).status).toBe(422)
  })
})

describe('a backtest', () => {
  const month = { from: '2020-01-01T00:00:00Z', to: '2999-01-01T00:00:00Z' }

  it('answers in lines of JSON, the last of which is the result, and changes nothing', async () => {
    const draft = [{ detector: 'impossible-travel', mode: 'enforce', response: 'end-session' }]
    const alertsBefore = await list()
    const response = await send('POST', 'backtests', { ...month, draft })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const last = lines.at(-1)
    expect(last).toMatchObject({ kind: 'result', from: '2020-01-01T00:00:00.000Z', affected: [] })
    expect(last.sessions).toBeGreaterThan(0)
    expect(lines.slice(0, -1).every(({ kind }) => kind === 'progress')).toBe(true)
    expect(await list()).toEqual(alertsBefore)
  })

  it.each([
    { from: month.to, to: month.from, draft: [] },
    { ...month, draft: [{ detector: 'nonsense', mode: 'off', response: 'notify' }] },
    { ...month, draft: [{ detector: 'impossible-travel', mode: 'on', response: 'notify' }] },
    { ...month },
  ])('%j is refused', async (body) => {
    expect((await send('POST', 'backtests', body)).status).toBe(422)
  })

  it('is one at a time, and the next may begin once one is over or left', async () => {
    const body = { ...month, draft: [] }
    const first = await send('POST', 'backtests', body)
    const second = await send('POST', 'backtests', body)
    expect([200, 409]).toContain(second.status)
    await second.body?.cancel()
    await first.body?.cancel()
    await vi.waitFor(async () => {
      const again = await send('POST', 'backtests', body)
      await again.text()
      expect(again.status).toBe(200)
    })
  })
})

it('a host back end does not answer for an account of the program', async () => {
  const { key } = await temporary.program.apiKeys.create('host')
  const answer = (id: string, of: string) =>
    temporary.send('POST', `/api/v1/users/${of}/alerts/${id}/answer`, {
      body: { answer: 'not-me' },
      headers: { authorization: `Bearer ${key}` },
    })
  const refused = await answer(idOf('a'), userId)
  expect([refused.status, await refused.json()]).toMatchObject([422, { field: 'alert_id' }])
  expect((await answer(idOf('c'), 'customer-1')).status).toBe(200)
})

it('the audit log is searched by the request that asked for a change', async () => {
  const response = await send('PATCH', `alerts/${idOf('c')}`, { note: 'Seen.' })
  const requestId = response.headers.get('x-request-id')
  const found = await (await send('GET', `audit?request_id=${requestId}`)).json()
  expect(found).toMatchObject({ entries: [{ type: 'alert.changed', request_id: requestId }] })
})
