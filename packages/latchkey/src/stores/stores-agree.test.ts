import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { after, days, instantOf } from '../foundation/time.ts'
import type { UserHistory } from '../model/user-history.ts'
import type { Storage } from '../ports/storage.ts'
import { everyAlert } from '../testing/session-store-contract/sample-alert.ts'
import { noon, queryAt, windowAt } from '../testing/session-store-contract/sample-session.ts'
import { memoryStorage } from './memory/storage.ts'
import { migratePostgres } from './postgres/migrate.ts'
import { newPool, postgresUnderTest } from './postgres/postgres-under-test.fake.ts'
import { postgresStorage } from './postgres/storage.ts'
import { auditChanges, auditQuestions, withoutPlace } from './random-audit-steps.fake.ts'
import { deviceChanges } from './random-device-steps.fake.ts'
import { type Step, users } from './random-records.fake.ts'
import { reportChanges, reportQuestions } from './random-report-steps.fake.ts'
import { questions, sessionChanges } from './random-steps.fake.ts'
import { sqliteStorage } from './sqlite/storage.ts'

/** Bytes as numbers. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? [...part] : part))
  return text === undefined ? undefined : JSON.parse(text)
}

/** A refusal is compared by its code. */
async function answerOf(storage: Storage, step: Step): Promise<unknown> {
  try {
    return plain(await step(storage)) ?? 'done'
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return `rejected: ${thrown.code}`
    throw thrown
  }
}

const always = { from: instantOf(0), until: after(noon, days(99)), measures: [], dimensions: [] } as const

function byUser(histories: readonly UserHistory[]): readonly UserHistory[] {
  return [...histories].sort((a, b) => (a.userId < b.userId ? -1 : 1))
}

/** What is compared when all steps are done; the order of events of one step is nobody's promise. */
async function finalState({
  sessions,
  devices,
  statistics,
  events,
  cutOffs,
  auditLinks,
  rollups,
  alerts,
}: Storage): Promise<unknown> {
  const told = (await events.read(0, 10_000)).map(withoutPlace)
  const listed = await sessions.list(queryAt(noon), { cursor: null, limit: 100 })
  return {
    told: told.sort(),
    sessions: plain(listed.items),
    cutOffs: (await cutOffs.list(100)).map((cutOff) => JSON.stringify(cutOff)).sort(),
    auditLinks: plain(await auditLinks.read(0, 100)),
    rolledUp: [await rollups.position(), await rollups.read({ ...always, interval: 'hour' })],
    days: await rollups.read({ ...always, interval: 'day' }),
    alerts: await alerts.list(everyAlert(), { cursor: null, limit: 100 }),
    histories: byUser(await alerts.histories(users)),
    mutes: await alerts.mutes(),
    devices: await Promise.all(users.map((userId) => devices.list(userId, 100))),
    totals: await statistics.totals(),
    recount: await statistics.recountActive(),
    users: await Promise.all(users.map((userId) => statistics.forUser(userId, windowAt(noon)))),
  }
}

const steps = [
  ...sessionChanges,
  ...sessionChanges,
  ...deviceChanges,
  ...auditChanges,
  ...questions,
  ...auditQuestions,
  ...reportChanges,
  ...reportQuestions,
]

const sequence = fc.array(fc.oneof(...steps), {
  maxLength: 40,
})

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
        forgotten_sessions, forgotten_moments, user_devices, session_cut_offs, session_audit_links, session_rollups, session_rollup_members,
        session_log_readers, user_histories, session_alerts, session_alert_mutes, session_detectors,
        session_bulk_endings, session_work_claims, session_facet_sets`)
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
