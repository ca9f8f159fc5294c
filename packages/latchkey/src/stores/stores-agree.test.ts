import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { days, type Instant, instantOf } from '../foundation/time.ts'
import { deviceTypes } from '../model/device-info.ts'
import { endReasons, type SessionRecord } from '../model/session.ts'
import type { SessionQuery } from '../model/session-filter.ts'
import type { Storage } from '../ports/storage.ts'
import {
  boundsAt,
  claiming,
  noon,
  queryAt,
  sampleSession,
  windowAt,
} from '../testing/session-store-contract/sample-session.ts'
import { memoryStorage } from './memory/storage.ts'
import { migratePostgres } from './postgres/migrate.ts'
import { newPool, postgresUnderTest } from './postgres/postgres-under-test.fake.ts'
import { postgresStorage } from './postgres/storage.ts'
import { sqliteStorage } from './sqlite/storage.ts'

type Step = (storage: Storage) => Promise<unknown>

const users = ['ada', 'adam', 'bob'] as const
/** Few, so that one step often meets what another did. */
const pool = Array.from({ length: 9 }, (_, index) => sampleSession(users[index % 3] ?? 'ada'))

const instant: fc.Arbitrary<Instant> = fc
  .integer({ min: -30, max: 30 })
  .map((count) => instantOf(noon + count * 6 * 3_600_000))
const pooled = fc.constantFrom(...pool)
const user = fc.constantFrom(...users)

const record: fc.Arbitrary<SessionRecord> = fc
  .record({
    session: pooled,
    createdAt: instant,
    lastAccessedAt: fc.option(instant),
    lives: fc.integer({ min: 1, max: 30 }),
    asked: fc.boolean(),
    type: fc.constantFrom(...deviceTypes),
    location: fc.option(fc.constantFrom('Oslo, Norway', '__proto__')),
    ipAddress: fc.option(fc.constantFrom('192.0.2.1', '192.0.2.10', '2001:db8::1')),
  })
  .map(({ session, lives, asked, type, location, ...fields }) => ({
    ...session,
    ...fields,
    expiresAt: instantOf(fields.createdAt + days(lives)),
    lifetime: asked ? days(lives) : null,
    deviceInfo: { ...session.deviceInfo, type, location },
  }))

const query: fc.Arbitrary<SessionQuery> = fc
  .record({
    now: instant,
    userId: fc.option(user),
    state: fc.constantFrom('live' as const, 'ended' as const, null),
    deviceType: fc.option(fc.constantFrom(...deviceTypes), { freq: 1 }),
    ipAddress: fc.option(fc.constantFrom('192.0.2.1', '2001:db8::1'), { freq: 1 }),
    search: fc.option(
      fc.record({ text: fc.constantFrom('', 'ada', '192', 'ses_', 'x'), userIds: fc.subarray([...users]) }),
    ),
  })
  .map(({ now, ...filter }) => queryAt(now, filter))

function byId<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : 1))
}

const insert = fc
  .record({
    record,
    replaces: fc.option(pooled),
    key: fc.option(fc.constantFrom('k1', 'k2')),
    request: fc.constantFrom('r1', 'r2'),
    forgetBefore: instant,
  })
  .map(
    ({ record, replaces, key, request, forgetBefore }): Step =>
      ({ sessions }) =>
        sessions.insert(record, {
          actor: 'user:ada',
          replaces: replaces?.id ?? null,
          idempotency: key === null ? null : claiming(key, request, forgetBefore).idempotency,
        }),
  )

const changes: readonly fc.Arbitrary<Step>[] = [
  insert,
  insert,
  fc.record({ record, version: fc.integer({ min: 2, max: 4 }), at: instant }).map(
    ({ record, version, at }): Step =>
      ({ sessions }) =>
        sessions.replace({ ...record, version }, at, 'user:ada'),
  ),
  fc.array(fc.record({ id: pooled.map(({ id }) => id), at: instant }), { maxLength: 4 }).map(
    (seen): Step =>
      ({ sessions }) =>
        sessions.touch(seen),
  ),
  fc
    .record({ session: pooled, userId: fc.option(user), at: instant, reason: fc.constantFrom(...endReasons) })
    .map(
      ({ session, userId, at, reason }): Step =>
        ({ sessions }) =>
          sessions.invalidate({ kind: 'session', id: session.id, userId }, { at, reason, by: 'system' }),
    ),
  fc.record({ userId: user, except: fc.option(pooled), at: instant }).map(
    ({ userId, except, at }): Step =>
      async ({ sessions }) =>
        byId(
          await sessions.invalidate(
            { kind: 'user', userId, except: except?.id ?? null },
            { at, reason: 'revoked', by: 'system' },
          ),
        ),
  ),
  fc.record({ now: instant, idle: fc.option(fc.constant(days(2))) }).map(
    ({ now, idle }): Step =>
      async ({ sessions }) =>
        byId(await sessions.cleanup(boundsAt(now, days(3), idle), now, 100)),
  ),
  instant.map(
    (at): Step =>
      ({ sessions }) =>
        sessions.forget(at, 100),
  ),
  user.map(
    (userId): Step =>
      async ({ sessions }) =>
        byId(await sessions.forgetUser(userId)),
  ),
]

const questions: readonly fc.Arbitrary<Step>[] = [
  pooled.map(
    ({ id }): Step =>
      ({ sessions }) =>
        sessions.find(id),
  ),
  fc.record({ query, limit: fc.integer({ min: 1, max: 5 }) }).map(
    ({ query, limit }): Step =>
      async ({ sessions }) => {
        const first = await sessions.list(query, { cursor: null, limit })
        const second = first.next && (await sessions.list(query, { cursor: first.next, limit }))
        return [first, second]
      },
  ),
  query.map(
    (query): Step =>
      ({ sessions }) =>
        sessions.count(query),
  ),
  instant.map(
    (now): Step =>
      ({ statistics }) =>
        statistics.backlog(boundsAt(now), 4),
  ),
  fc.record({ userId: user, now: instant }).map(
    ({ userId, now }): Step =>
      ({ statistics }) =>
        statistics.forUser(userId, windowAt(now)),
  ),
]

/** A refusal is compared by its code; the bytes of hashes by their values. */
async function answerOf(storage: Storage, step: Step): Promise<unknown> {
  try {
    const text = JSON.stringify(await step(storage), (_, value: unknown) =>
      value instanceof Uint8Array ? [...value] : value,
    )
    return text === undefined ? 'done' : JSON.parse(text)
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return `rejected: ${thrown.code}`
    throw thrown
  }
}

/** What is compared when all steps are done; the order of events of one step is nobody's promise. */
async function finalState({ sessions, statistics, events }: Storage): Promise<unknown> {
  const told = (await events.read(0, 10_000)).map(({ position: _, ...event }) => JSON.stringify(event))
  const listed = await sessions.list(queryAt(noon), { cursor: null, limit: 100 })
  return {
    told: told.sort(),
    sessions: listed.items.map((item) => ({ ...item, secretHash: [...item.secretHash] })),
    totals: await statistics.totals(),
    recount: await statistics.recountActive(),
    users: await Promise.all(users.map((userId) => statistics.forUser(userId, windowAt(noon)))),
  }
}

const sequence = fc.array(fc.oneof(...changes, ...changes, ...questions), { maxLength: 40 })

/** The storage under test against memory, from the same empty beginning. */
async function agreesWithMemory(storage: Storage, steps: readonly Step[]): Promise<void> {
  const memory = memoryStorage()
  await memory.open()
  await storage.open()
  for (const step of steps) expect(await answerOf(storage, step)).toEqual(await answerOf(memory, step))
  expect(await finalState(storage)).toEqual(await finalState(memory))
  expect(await storage.statistics.recountActive()).toBe((await storage.statistics.totals()).active)
  await memory.close()
  await storage.close()
}

describe('any sequence of operations', () => {
  it('is answered alike by memory and SQLite, and counters stay equal to the rows', async () => {
    const property = fc.asyncProperty(sequence, (steps) => agreesWithMemory(sqliteStorage(':memory:'), steps))
    await fc.assert(property, { numRuns: 150 })
  }, 60_000)

  it('is answered alike by memory and PostgreSQL, and counters stay equal to the rows', async () => {
    const postgres = await postgresUnderTest()
    const pool = newPool({ ...(await postgres.newSchema()), max: 4 })
    await migratePostgres(pool)
    const property = fc.asyncProperty(sequence, async (steps) => {
      await pool.query(`TRUNCATE user_sessions, session_claims, session_events, session_event_log, session_counters,
        forgotten_sessions, forgotten_moments`)
      await agreesWithMemory(postgresStorage(pool), steps)
    })
    try {
      await fc.assert(property, { numRuns: 30, interruptAfterTimeLimit: 60_000 })
    } finally {
      await pool.end()
      await postgres.dispose()
    }
  }, 180_000)
})
