import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import {
  type Alert,
  createSessions,
  instantOf,
  type Page,
  type SessionEvent,
  type Sessions,
  systemClock,
} from 'latchkey'
import { defaultDetectors } from 'latchkey/detectors'
import type { Rollup, Storage } from 'latchkey/ports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseUrl, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { openedByWord } from './opened-by-word.ts'
import { seededRandom } from './seeded-random.ts'

/** A usual run is content with little; the whole proof is five seeds of 100,000 operations each. On PostgreSQL a quarter. */
const seeds = Array.from(
  { length: Number(process.env['LATCHKEY_REPORT_SEEDS'] ?? 1) },
  (_, index) => index + 1,
)
const mostOperations = Number(process.env['LATCHKEY_REPORT_OPERATIONS'] ?? 4_000)

const writer = fileURLToPath(new URL('report-writer.ts', import.meta.url))

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.dispose())

describe.each([
  ['SQLite', mostOperations, 8, async () => `${temporaryFolder()}/sessions.db`],
  ['PostgreSQL', Math.ceil(mostOperations / 4), 4, async () => databaseUrl(await postgres.newSchema())],
] as const)('on %s', (_engine, operations, kills, newPlace) => {
  it.each(seeds)(
    'seed %i: killed again and again while it counts, it has counted every event once, and alerted once',
    { timeout: 60_000 + operations * 20 },
    async (seed) => {
      const place = await newPlace()
      const endedAt = await writeAndKill(place, { seed, operations, kills })
      await everyEventIsCountedOnce(place, operations, endedAt)
    },
  )
})

async function everyEventIsCountedOnce(place: string, operations: number, now: number): Promise<void> {
  const { storage, end } = openedByWord(place)
  const sessions = await createSessions({
    storage,
    secret: new Uint8Array(32).fill(7),
    detectors: defaultDetectors,
    cleanup: 'by-command',
    // What is long past opens no alert any more.
    clock: { ...systemClock, now: () => instantOf(now) },
  })
  await sessions.updateReports()
  const newest = await storage.events.latest()
  expect(await sessions.getReportState()).toMatchObject({
    position: newest,
    behind: 0,
    detectorsPosition: newest,
  })
  const recount = await sessions.recountReports()
  expect(recount).toMatchObject({ differing: 0, examples: [] })
  expect(recount.compared).toBeGreaterThan(100)
  expect(await recorded(storage)).toEqual(counted(await everyEvent(storage)))
  const thefts = (await everyEvent(storage)).filter(({ reason }) => reason === 'token-reuse')
  const alerts = await everyAlert(sessions, 'token-reuse')
  expect(alerts.map(({ sessionId }) => sessionId).toSorted()).toEqual(
    thefts.map(({ sessionId }) => sessionId).toSorted(),
  )
  expect(thefts.length).toBeGreaterThan(0)
  const { active, created } = await sessions.getTotals()
  expect(await storage.statistics.recountActive()).toBe(active)
  expect(created).toBeGreaterThan(operations / 4)
  await sessions.close()
  await end()
}

async function everyAlert(sessions: Sessions, detector: string): Promise<readonly Alert[]> {
  const found: Alert[] = []
  let cursor: string | null = null
  do {
    const page: Page<Alert> = await sessions.listAlerts({ detectors: [detector] }, { cursor, limit: 500 })
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return found
}

interface Plan {
  readonly seed: number
  readonly operations: number
  readonly kills: number
}

/** Lets writers work one after another, each killed at some operation, until all is done; when that was by their clock. */
async function writeAndKill(place: string, { seed, operations, kills }: Plan): Promise<number> {
  const random = seededRandom(seed)
  let [left, at] = [operations, Date.UTC(2026, 0, 1)]
  for (let kill = 0; left > 0; kill += 1) {
    const until = kill < kills ? Math.ceil((operations / kills) * (0.5 + random.next() * 0.5)) : left
    const child = fork(writer, [place, String(seed * 1_000 + kill), String(left), String(at)], {
      execArgv: ['--conditions=latchkey-source', '--no-warnings'],
    })
    const reached = await killedAfter(child, Math.min(until, left))
    left -= Math.max(reached.done, 1)
    at = Math.max(at, reached.at)
  }
  return at
}

/** What its writer said last. */
interface Reached {
  readonly done: number
  readonly at: number
}

async function killedAfter(child: ChildProcess, count: number): Promise<Reached> {
  let reached: Reached = { done: 0, at: 0 }
  child.on('message', (message) => {
    reached = message as Reached
    if (reached.done >= count) child.kill('SIGKILL')
  })
  const [status, signal] = await once(child, 'exit')
  expect({ status, signal }).toEqual(signal === null ? { status: 0, signal } : { status, signal: 'SIGKILL' })
  return reached
}

async function everyEvent({ events }: Storage): Promise<readonly SessionEvent[]> {
  const all: SessionEvent[] = []
  while (true) {
    const next = await events.read(all.at(-1)?.position ?? 0, 1_000)
    all.push(...next)
    if (next.length < 1_000) return all
  }
}

const hour = 3_600_000

/** By the hour and by one dimension each, counted here without anything of the library's own counting. */
function counted(events: readonly SessionEvent[]): Record<string, number> {
  const counts: Record<string, number> = {}
  const users = new Map<string, Set<string>>()
  const add = (at: number, what: string): void => {
    const key = `${Math.floor(at / hour) * hour} ${what}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  for (const { type, at, reason, device, userId } of events) {
    if (type === 'session.created') {
      add(at, 'created')
      add(at, `created browser ${device?.browser}`)
      const key = `${Math.floor(at / hour) * hour} distinct-users`
      users.set(key, (users.get(key) ?? new Set()).add(userId ?? ''))
    }
    if (type === 'session.ended') add(at, `ended reason ${reason}`)
  }
  for (const [key, { size }] of users) counts[key] = size
  return counts
}

async function recorded({ rollups }: Storage): Promise<Record<string, number>> {
  const [from, until] = [0, Number.MAX_SAFE_INTEGER] as unknown as [Rollup['start'], Rollup['start']]
  const found = await rollups.read({ interval: 'hour', from, until, measures: [], dimensions: [] })
  const shown = found.flatMap(({ start, measure, dimension, value, count }): [string, number][] => {
    const isPlain = dimension === 'all' && (measure === 'created' || measure === 'distinct-users')
    if (isPlain) return [[`${start} ${measure}`, count]]
    const isShown =
      (measure === 'created' && dimension === 'browser') || (measure === 'ended' && dimension === 'reason')
    return isShown ? [[`${start} ${measure} ${dimension} ${value}`, count]] : []
  })
  return Object.fromEntries(shown)
}
