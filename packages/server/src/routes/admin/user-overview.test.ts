import type { RetentionResponse, UserOverviewResponse } from 'latchkey/http'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { sampleAlert } from '../../mail/alert-fixture.fake.ts'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'
let temporary: TemporaryProgram
let admin: string

beforeAll(async () => {
  temporary = await temporaryProgram()
  await temporary.program.accounts.create({ email: 'root@example.com', role: 'admin', password })
  const login = { body: { email: 'root@example.com', password } }
  admin = cookieOf(await temporary.send('POST', '/api/v1/auth/login', login))
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

async function overview(userId: string): Promise<UserOverviewResponse> {
  const address = `/api/v1/admin/users/${encodeURIComponent(userId)}`
  const response = await temporary.send('GET', address, { cookie: admin })
  expect(response.status).toBe(200)
  return (await response.json()) as UserOverviewResponse
}

it('a user is shown with sessions, places, what detectors know, and whether they are disabled', async () => {
  const { sessions } = temporary.program
  const create = (location: string) =>
    sessions.createSession({ userId: '4/2', deviceInfo: { type: 'desktop', location } })
  const { session } = await create('Oslo, Norway')
  await create('Bergen, Norway')
  await create('Oslo, Norway')
  await sessions.invalidateSession(session.id)
  await sessions.updateReports()
  const seen = await overview('4/2')
  expect(seen).toMatchObject({
    user_id: '4/2',
    user_label: null,
    disabled: false,
    active_sessions: 2,
    total_sessions: 3,
    first_seen: new Date(session.createdAt).toISOString(),
    history: { state: 'learning', sign_ins: 3, active_days: 1 },
    open_alerts: 0,
  })
  expect(seen.places.map(({ location, sessions: count }) => [location, count])).toEqual(
    expect.arrayContaining([
      ['Oslo, Norway', 2],
      ['Bergen, Norway', 1],
    ]),
  )
  await sessions.disableUser('4/2')
  expect(await overview('4/2')).toMatchObject({ disabled: true, active_sessions: 0 })
})

it('an account is named by its address, and nobody is all zeros', async () => {
  const account = await temporary.program.accounts.findByEmail('root@example.com')
  expect(await overview(account?.id ?? '')).toMatchObject({ user_label: 'root@example.com' })
  expect(await overview('nobody')).toEqual({
    user_id: 'nobody',
    user_label: null,
    disabled: false,
    active_sessions: 0,
    total_sessions: 0,
    first_seen: null,
    last_seen: null,
    places: [],
    history: { state: 'learning', sign_ins: 0, active_days: 0, countries: [] },
    open_alerts: 0,
  })
})

it('open alerts are those that nobody has acknowledged, as the list behind their number has them', async () => {
  for (const [letter, state] of [
    ['a', 'open'],
    ['b', 'acknowledged'],
    ['c', 'resolved'],
  ] as const) {
    const id = `alr_${letter.repeat(26)}` as const
    await temporary.program.storage.alerts.add(sampleAlert({ id, userId: 'noticed', state }), [])
  }
  expect(await overview('noticed')).toMatchObject({ open_alerts: 1 })
})

it('retention says of each kind how long it is kept and what would go', async () => {
  const response = await temporary.send('GET', '/api/v1/admin/retention', { cookie: admin })
  const { kinds } = (await response.json()) as RetentionResponse
  expect(kinds.map(({ kind, period_seconds: period, would_forget: count }) => [kind, period, count])).toEqual(
    [
      ['sessions', 90 * 86_400, 0],
      ['events', 400 * 86_400, 0],
      ['alerts', 400 * 86_400, 0],
      ['rollup-hours', 90 * 86_400, 0],
      ['rollup-days', 1_826 * 86_400, 0],
      ['histories', 400 * 86_400, 0],
      ['bulk-endings', 400 * 86_400, 0],
    ],
  )
})
