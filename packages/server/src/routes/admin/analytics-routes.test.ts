import type { AnalyticsResponse, OverviewResponse } from 'latchkey/http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'

let temporary: TemporaryProgram
let admin: string
let user: string

const signIn = async (email: string) =>
  cookieOf(await temporary.send('POST', '/api/v1/auth/login', { body: { email, password } }))
const get = (path: string, cookie = admin) => temporary.send('GET', `/api/v1/admin/${path}`, { cookie })
const json = async <Body>(path: string) => (await (await get(path)).json()) as Body

beforeAll(async () => {
  temporary = await temporaryProgram()
  const { accounts, sessions } = temporary.program
  await accounts.create({ email: 'root@example.com', role: 'admin', password })
  await accounts.create({ email: 'ann@example.com', role: 'user', password })
  admin = await signIn('root@example.com')
  user = await signIn('ann@example.com')
  for (const browser of ['Firefox', 'Firefox', '=cmd()']) {
    const deviceInfo = { type: 'tablet', browser } as const
    const { session } = await sessions.createSession({ userId: 'customer-1', deviceInfo })
    await sessions.invalidateSession(session.id, { reason: 'logout' })
  }
  await sessions.updateReports()
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

const paths = ['analytics', 'users/customer-1/analytics', 'analytics/export', 'overview']

it.each(paths)('only administrators read %s', async (path) => {
  const statuses = [admin, user, ''].map(async (cookie) => (await get(path, cookie)).status)
  expect(await Promise.all(statuses)).toEqual([200, 403, 401])
})

describe('analytics', () => {
  it('are of the last seven days by the day, from what was counted when it happened', async () => {
    const { points, ...answer } = await json<AnalyticsResponse>('analytics')
    expect([7, 8]).toContain(points.length)
    expect(answer).toMatchObject({
      interval: 'day',
      source: 'rollups',
      filter: '',
      events_behind: expect.any(Number),
      totals: { created: 5, ended: 3, ended_by_reason: { logout: 3 } },
      before: null,
      groups: null,
      group_points: null,
    })
    expect(answer.durations.histogram.at(-1)).toEqual({ up_to: null, count: 0 })
  })

  it('by a group lead to the sessions behind each value', async () => {
    const { groups } = await json<AnalyticsResponse>('analytics?group_by=device_type')
    const tablets = groups?.find(({ value }) => value === 'tablet')
    expect(tablets).toMatchObject({ created: 3, created_before: null })
    const behind = await json<{ sessions: unknown[] }>(
      `sessions?filter=${encodeURIComponent(tablets?.filter ?? '')}`,
    )
    expect(behind.sessions).toHaveLength(3)
  })

  it('lead to sessions of the period, also where the filter has a longer one', async () => {
    const filter = encodeURIComponent('created:>=2020-01-01T00:00:00Z')
    const { from, to, groups } = await json<AnalyticsResponse>(
      `analytics?group_by=device_type&filter=${filter}`,
    )
    const tablets = groups?.find(({ value }) => value === 'tablet')
    expect(tablets?.filter).toBe(`type:tablet created:>=${from} created:<${to}`)
  })

  it('of a filter are counted from the sessions on record', async () => {
    const answer = await json<AnalyticsResponse>('analytics?filter=browser:Firefox&group_by=browser')
    expect(answer).toMatchObject({
      source: 'sessions',
      totals: { created: 2, verified: null },
      retention: [],
      groups: [{ value: 'Firefox', created: 2 }],
    })
    expect(answer.filter).toBe('browser:Firefox')
  })

  it('of a user are of theirs', async () => {
    const answer = await json<AnalyticsResponse>('users/customer-1/analytics?interval=hour')
    expect(answer).toMatchObject({ filter: 'user:customer-1', totals: { created: 3, ended: 3 } })
  })

  it.each([
    ['from', 'from=2024-01-01T00:00:00Z&to=2025-06-01T00:00:00Z'],
    ['from', 'from=2025-01-01T00:00:00Z&to=2025-03-01T00:00:00Z&interval=hour'],
    ['to', 'from=2025-01-02T00:00:00Z&to=2025-01-01T00:00:00Z'],
    ['interval', 'interval=week'],
    ['group_by', 'group_by=shoe'],
    ['filter', 'filter=colour:blue'],
  ])('name the parameter at fault: %s', async (field, query) => {
    const response = await get(`analytics?${query}`)
    expect([response.status, await response.json()]).toMatchObject([422, { code: 'invalid-input', field }])
  })
})

describe('an export', () => {
  it('is a file with a line for each day, and what cannot be told is empty', async () => {
    const response = await get('analytics/export?filter=browser:Firefox')
    expect(response.headers.get('content-type')).toContain('text/csv')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="analytics-[\d-]+\.csv"$/,
    )
    const lines = (await response.text()).trim().split('\r\n')
    expect(lines[0]).toBe('start,created,ended,verified,refused,distinct_users,distinct_devices')
    expect(lines.at(-1)).toMatch(/^[\dT:.Z-]+,2,2,,,1,$/)
  })

  it('by a group has a line for each value, and no formula for a spreadsheet', async () => {
    const text = await (await get('analytics/export?group_by=browser')).text()
    expect(text).toContain(',Firefox,2\r\n')
    expect(text).toContain(",'=cmd(),1\r\n")
  })

  it('as JSON is what the console is told', async () => {
    const response = await get('analytics/export?format=json&group_by=os')
    const answer = (await response.json()) as AnalyticsResponse
    expect(answer.groups?.length).toBeGreaterThan(0)
  })
})

it('the overview is one answer with everything at a glance', async () => {
  const overview = await json<OverviewResponse>('overview')
  expect(overview).toMatchObject({
    active_sessions: 2,
    last_24_hours: { created: 5, ended: 3 },
    before: null,
    open_alerts: { by_severity: { low: 0, medium: 0, high: 0, critical: 0 } },
    events_behind: expect.any(Number),
  })
  expect(overview.hours).toHaveLength(48)
  expect(overview.browsers[0]).toMatchObject({
    value: 'Firefox',
    created: 2,
    filter: expect.stringContaining('browser:Firefox'),
  })
})
