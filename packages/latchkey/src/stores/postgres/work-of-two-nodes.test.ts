import type { Pool, PoolConfig } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { bulkClaimLifetime } from '../../operations/bulk-runner.ts'
import { bulkBatch } from '../../operations/run-bulk-ending.ts'
import { createSessions, type Sessions } from '../../operations/sessions.ts'
import type { SessionsOptions } from '../../operations/sessions-options.ts'
import type { Detector } from '../../ports/detector.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

/** Finds every sign-in odd, each a matter of its own. */
const suspicious: Detector = {
  name: 'suspicious',
  title: 'Suspicious',
  definition: 'Every sign-in is odd.',
  attack: ['T1078'],
  severity: 'high',
  observes: ['sign-in'],
  examine: ({ sessionId }) => ({ subject: `session:${sessionId}`, reason: 'A sign-in.', evidence: {} }),
}

let postgres: PostgresUnderTest
let settings: PoolConfig
const pools: Pool[] = []
const nodes: Sessions[] = []

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)
afterAll(() => postgres.dispose(), 60_000)

beforeEach(async () => {
  settings = await postgres.newSchema()
})
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.close()))
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})

async function newNode(options: Omit<SessionsOptions, 'storage'>) {
  const pool = newPool({ ...settings, max: 6 })
  pools.push(pool)
  const storage = postgresStorage(pool)
  const sessions = await createSessions({ storage, ...options })
  nodes.push(sessions)
  return { sessions, storage }
}

const newest = { cursor: null, limit: 1_000 }

it('of what two nodes notice at once each has one alert, ends its session once, and is told once', async () => {
  const told: string[] = []
  const reported: unknown[] = []
  const options: Omit<SessionsOptions, 'storage'> = {
    detectors: [suspicious],
    notify: async ({ id }) => void told.push(id),
    onBackgroundError: (error) => void reported.push(error),
  }
  const { sessions: one, storage } = await newNode(options)
  const { sessions: two } = await newNode(options)
  await one.setDetector('suspicious', 'enforce', 'end-session')
  const users = Array.from({ length: 40 }, (_, index) => `user-${index}`)
  const created = await Promise.all(
    users.map((userId, index) => (index % 2 === 0 ? one : two).createSession({ userId })),
  )
  // Beside the schedules of both.
  await Promise.all([one, two, one, two].map((node) => node.updateReports()))

  const alerts = await vi.waitFor(
    async () => {
      const { items } = await two.listAlerts({}, newest)
      expect(items).toHaveLength(users.length)
      expect(items.filter(({ respondedAt }) => respondedAt === null)).toEqual([])
      return items
    },
    { timeout: 60_000, interval: 100 },
  )
  expect(told.toSorted()).toEqual(alerts.map(({ id }) => id).toSorted())
  expect(new Set(alerts.map(({ sessionId }) => sessionId))).toEqual(
    new Set(created.map(({ session }) => session.id)),
  )
  for (const { token } of created) {
    for (const node of [one, two]) expect(await node.verifySession(token)).toMatchObject({ active: false })
  }
  const { items: events } = await one.listEvents({}, newest)
  const requestsOf = (type: string) =>
    events.filter((event) => event.type === type).map(({ request }) => request)
  expect(requestsOf('session.ended').toSorted()).toEqual(alerts.map(({ id }) => id).toSorted())
  expect(requestsOf('alert.opened')).toHaveLength(users.length)

  await one.updateReports()
  expect(await two.recountReports()).toMatchObject({ differing: 0, examples: [] })
  expect(await storage.statistics.recountActive()).toBe(0)
  expect(await one.verifyAudit()).toMatchObject({ kind: 'intact' })
  expect(reported).toEqual([])
}, 90_000)

it('a bulk ending that a node left between a batch and its note is finished by another, every ending counted once', async () => {
  const clock = fakeClock()
  const options: Omit<SessionsOptions, 'storage'> = { clock, cleanup: 'by-command' }
  const { sessions: one, storage } = await newNode(options)
  const { sessions: two } = await newNode(options)
  const count = bulkBatch * 2 + 1
  const created = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      (index % 2 === 0 ? one : two).createSession({
        userId: `user-${index}`,
        deviceInfo: { type: 'tablet' },
      }),
    ),
  )
  const kept = await one.createSession({ userId: '42', deviceInfo: { type: 'desktop' } })
  for (const { token } of created) await two.verifySession(token)
  const outcome = await one.startBulkEnding({ filter: 'type:tablet', expected: count })
  if (outcome.kind !== 'started') throw new Error('It was not begun.')
  const { id } = outcome.ending

  storage.bulkEndings.replace = () => Promise.reject(new Error('The process was killed.'))
  await expect(one.runBulkEndings()).rejects.toThrow('killed')
  expect(await two.getBulkEnding(id)).toMatchObject({ state: 'running', ended: 0 })
  // As of a process that is killed: its claim stays.
  clock.advance(bulkClaimLifetime)
  await two.runBulkEndings()
  expect(await two.getBulkEnding(id)).toMatchObject({ state: 'done', expected: count, ended: count })
  for (const { token } of created) {
    for (const node of [one, two]) expect(await node.verifySession(token)).toMatchObject({ active: false })
  }
  expect(await two.verifySession(kept.token)).toMatchObject({ active: true })
  const { items } = await two.listEvents({ request: id }, newest)
  expect(items.filter(({ type }) => type === 'session.ended')).toHaveLength(count)
  expect(items.filter(({ type }) => type === 'bulk-ending.finished')).toHaveLength(1)
}, 60_000)
