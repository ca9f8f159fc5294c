import { beforeAll, describe, expect, it } from 'vitest'
import type { SessionFilter } from '../../model/session-filter.ts'
import {
  boundsAt,
  claiming,
  noon,
  plainly,
  queryAt,
  replacing,
  revokedAt,
  sampleSession,
  windowAt,
} from '../../testing/session-store-contract/sample-session.ts'
import { type Connection, sqliteConnection } from './connection.ts'
import { storageOn } from './storage.ts'

const filters: readonly Partial<SessionFilter>[] = [
  {},
  { deviceType: 'mobile' },
  { ipAddress: '192.0.2.10' },
  { search: { text: 'ad', userIds: ['bob'] } },
]

async function listInEveryWay(connection: Connection): Promise<void> {
  const { sessions } = storageOn(connection, 'private')
  for (const userId of [null, 'ada']) {
    for (const state of [null, 'live', 'ended'] as const) {
      for (const filter of filters) {
        const query = queryAt(noon, { ...filter, userId, state })
        await sessions.list(query, { cursor: null, limit: 10 })
        await sessions.list(query, { cursor: `${noon}.ses_${'a'.repeat(24)}`, limit: 10 })
        await sessions.count(query)
      }
    }
  }
}

/** Everything that a storage can be asked for, so that the connection has kept every statement there is. */
async function askForEverything(connection: Connection): Promise<void> {
  const storage = storageOn(connection, 'private')
  const { sessions, statistics, events } = storage
  const record = sampleSession('ada')
  await storage.open()
  await sessions.insert(record, claiming('key', 'request'))
  await sessions.insert(sampleSession('ada'), { ...claiming('key', 'request'), ...replacing(record) })
  await sessions.find(record.id)
  await sessions.replace({ ...record, version: 2 }, noon, 'user:ada')
  await sessions.touch([{ id: record.id, at: noon }])
  await listInEveryWay(connection)
  await statistics.forUser('ada', windowAt(noon))
  await statistics.totals()
  await statistics.recountActive()
  await statistics.backlog(boundsAt(noon), 10)
  await sessions.insert(sampleSession('ada'), plainly)
  await sessions.invalidate({ kind: 'session', id: record.id, userId: null }, revokedAt(noon))
  await sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
  await sessions.cleanup(boundsAt(noon), noon, 10)
  await sessions.forget(noon, 10)
  await sessions.forgetUser('ada')
  await events.read(0, 10)
  await events.latest()
  await events.forget(noon, 10)
}

interface Planned {
  readonly sql: string
  readonly steps: readonly string[]
}

const planned: Planned[] = []

beforeAll(async () => {
  const connection = sqliteConnection(':memory:', () => {})
  await askForEverything(connection)
  for (const sql of connection.statements()) {
    const rows = connection.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    planned.push({ sql, steps: rows.map((row) => row.detail) })
  }
  connection.close('for-good')
})

function scans({ steps }: Planned): readonly string[] {
  return steps.filter((step) => /^SCAN (user_sessions|forgotten|session_events|session_claims)/.test(step))
}

describe('the plan of every statement', () => {
  it('reads a whole table in no statement about one user, one session, one key or one batch', () => {
    const aboutFew = planned.filter(({ sql }) =>
      /:(userId|id|keyHash|replaces|endedBefore|limit \d|position|after|before)\b/.test(sql),
    )
    expect(aboutFew.length).toBeGreaterThan(30)
    expect(aboutFew.filter((plan) => scans(plan).length > 0)).toEqual([])
  })

  it('walks the newest sessions by their index where every session is asked for', () => {
    const walks = planned.filter((plan) => scans(plan).length > 0)
    const others = walks.filter(({ sql }) => !sql.includes('INDEXED BY user_sessions_newest'))
    expect(others.map(({ sql }) => sql)).toEqual([
      'SELECT count(*) AS count FROM user_sessions WHERE +invalidated_at IS NULL',
    ])
    for (const plan of walks) {
      if (plan.sql.includes('ORDER BY')) expect(plan.steps.join()).not.toContain('TEMP B-TREE')
    }
  })

  it('reads the live sessions of a user, and only those, in the order of their index', () => {
    const own = planned.filter(
      ({ sql }) => /:userId\b.* AND \(is_active = 1/s.test(sql) && !sql.includes('sum('),
    )
    expect(own.length).toBeGreaterThan(10)
    for (const { sql, steps } of own) {
      expect(steps[0]).toContain('user_sessions_by_user (user_id=? AND shard=? AND is_active=?')
      if (sql.includes('ORDER BY')) expect(steps.join()).not.toContain('FOR ORDER BY')
    }
  })

  it('reaches the sessions of a kind of device by their index, newest first', () => {
    const ofKind = planned.filter(({ sql }) => sql.includes('INDEXED BY user_sessions_by_device_type'))
    expect(ofKind.length).toBeGreaterThan(0)
    for (const { sql, steps } of ofKind) {
      expect(steps[0]).toContain('user_sessions_by_device_type (<expr>=?')
      if (sql.includes('ORDER BY')) expect(steps.join()).not.toContain('TEMP B-TREE')
    }
  })

  it('reaches the few that a search matches by their indexes', () => {
    const found = planned.filter(({ sql }) => /rowid IN .*:text.*ORDER BY created_at/s.test(sql))
    expect(found.length).toBeGreaterThan(0)
    for (const { steps } of found) expect(steps[0]).toMatch(/^SEARCH user_sessions USING INTEGER PRIMARY KEY/)
  })

  it('reaches one session by its primary key', () => {
    const one = planned.filter(({ sql }) => /\bid = :(id|replaces) AND shard = :shard/.test(sql))
    expect(one.length).toBeGreaterThan(4)
    for (const { steps } of one) {
      expect(steps[0]).toMatch(
        /^SEARCH user_sessions USING INDEX sqlite_autoindex_\S+ \(id=\? AND shard=\?\)$/,
      )
    }
  })

  it('reads overdue and forgotten sessions from the front of their index', () => {
    const overdue = planned.filter(
      ({ sql }) =>
        /^(UPDATE|DELETE|INSERT).*INDEXED BY user_sessions_/s.test(sql) && !sql.includes('GROUP BY'),
    )
    expect(overdue).toHaveLength(4)
    for (const { steps } of overdue) expect(steps.join()).not.toContain('FOR ORDER BY')
  })
})
