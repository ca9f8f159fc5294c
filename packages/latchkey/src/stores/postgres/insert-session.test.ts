import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claiming, plainly, sampleSession } from '../../testing/session-store-contract/sample-session.ts'
import { Announcer } from './announcements.ts'
import type { Statements } from './connection.ts'
import { wrapped } from './failing-pool.fake.ts'
import { insertClaimed } from './insert-session.ts'
import { newInsert } from './insert-values.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import type { Values } from './statement.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

/** What has a meaning in an array as PostgreSQL writes it, in its texts or in a statement. */
const difficult = [
  '{',
  '}',
  ',',
  '"',
  "'",
  '\\',
  'NULL',
  '',
  ' ',
  '\u0000',
  '\u0001',
  '\n',
  '{a,"b\\"}',
  '$1',
  ':id',
]

describe('creates that share a statement', { timeout: 60_000 }, () => {
  it('come back as they went in, whatever characters are in them', async () => {
    const pool = newPool(await postgres.newSchema())
    let statements = 0
    const counting = wrapped(pool, (run) => (query) => {
      if (query.text.includes('INSERT INTO user_sessions')) statements += 1
      return run(query)
    })
    const storage = postgresStorage(counting)
    await storage.open()
    statements = 0
    const records = difficult.map((text, index) =>
      sampleSession(`user ${text}`, {
        secretHash: new Uint8Array(32).fill(index * 17),
        userAgent: text,
        ipAddress: index % 2 === 0 ? null : '192.0.2.1',
        amr: [text],
        deviceInfo: { ...sampleSession('ada').deviceInfo, browser: text, os: text, location: text },
      }),
    )
    await Promise.all(
      records.map((record, index) =>
        storage.sessions.insert(record, { ...plainly, actor: `user:${difficult[index]}` }),
      ),
    )
    expect(await Promise.all(records.map(({ id }) => storage.sessions.find(id)))).toEqual(records)
    expect(statements).toBe(1)
    const events = await storage.events.read(0, 100)
    expect(events.map(({ actor }) => actor).sort()).toEqual(difficult.map((text) => `user:${text}`).sort())
    expect(events.map(({ device }) => device?.browser).sort()).toEqual([...difficult].sort())
    expect((await storage.statistics.totals()).created).toBe(records.length)
    await storage.close()
    await pool.end()
  })

  it('are all finished when the storage is closed in the same moment', async () => {
    const pool = newPool(await postgres.newSchema())
    const storage = postgresStorage(pool)
    await storage.open()
    const inserts = Array.from({ length: 1_300 }, (_, index) =>
      storage.sessions.insert(sampleSession(`user-${index % 7}`), plainly),
    )
    const closing = storage.close()
    expect((await Promise.all(inserts)).every(({ kind }) => kind === 'inserted')).toBe(true)
    await closing
    const { rows } = await pool.query('SELECT count(*)::int AS count FROM user_sessions')
    expect(rows).toEqual([{ count: 1_300 }])
    await expect(storage.sessions.insert(sampleSession('ada'), plainly)).rejects.toMatchObject({
      code: 'closed',
    })
    await pool.end()
  })
})

it('a creation whose claim vanished between two statements announces what gives way anew', async () => {
  const record = sampleSession('ada')
  const plan = { ...claiming('key', 'request'), replaces: sampleSession('ada').id }
  if (plan.idempotency === null) throw new Error('no claim')
  const { idempotency } = plan
  const announced: unknown[] = []
  // The claim of another one, which is forgotten before it is looked at, and then none.
  const answers: unknown[][] = [[{ id: null, replaced: null }], [], [{ id: record.id, replaced: null }]]
  const statements: Statements = {
    async all<Row>(_sql: string, values?: Values) {
      if (values?.announcements) announced.push(values.announcements)
      return (answers.shift() ?? []) as Row[]
    },
    script: async () => undefined,
  }
  await new Announcer().change((announce) =>
    insertClaimed(statements, newInsert(record, plan), idempotency, announce),
  )
  expect(announced).toHaveLength(2)
  expect(announced[0]).not.toEqual(announced[1])
})
