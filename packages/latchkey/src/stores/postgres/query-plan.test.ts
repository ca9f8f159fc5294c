import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '../../foundation/time.ts'
import type { FacetCondition, SessionFilter } from '../../model/session-filter.ts'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { RollupStore } from '../../ports/rollup-store.ts'
import { everyAlert, sampleAlert, sampleHistory } from '../../testing/session-store-contract/sample-alert.ts'
import {
  boundsAt,
  changedAt,
  claiming,
  cutOffAt,
  deviceChangedAt,
  digestOf,
  everyEvent,
  hoursAfterNoon,
  limitedTo,
  noon,
  onDevice,
  onNewDevice,
  plainly,
  queryAt,
  renewedAt,
  replacing,
  revokedAt,
  sampleDevice,
  sampleSession,
  sessionOn,
  windowAt,
} from '../../testing/session-store-contract/sample-session.ts'
import { wrapped } from './failing-pool.fake.ts'
import { migratePostgres } from './migrate.ts'
import type { PostgresPool, PostgresQuery } from './postgres-pool.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

function oneOf(facet: FacetCondition['facet'], value: string): FacetCondition {
  return { facet, is: 'one-of', values: [value] }
}

const filters: readonly Partial<SessionFilter>[] = [
  {},
  { facets: [oneOf('device_type', 'mobile')] },
  { facets: [oneOf('browser', 'Firefox'), { ...oneOf('country', 'NO'), is: 'none-of' }] },
  { facets: [oneOf('os', 'Linux')], created: { from: hoursAfterNoon(-1), until: noon } },
  { created: { from: null, until: noon }, lastActive: { from: null, until: hoursAfterNoon(-1) } },
  { addressRange: '192.0.2.0/24' },
  { addressRange: '192.0.2.0/24', facets: [oneOf('os', 'Linux')] },
  { risk: 'low' },
  { ipAddress: '192.0.2.10' },
  { deviceId: 'dev_aaaaaaaaaaaaaaaaaaaaaaaa', userId: 'ada' },
  { search: { text: 'ad', userIds: ['bob'], address: null } },
  { search: { text: '192.0.2.10', userIds: [], address: '192.0.2.10' } },
]

/** Everything that is about one user, one session, one key, one page or one batch. */
async function askAboutFew(pool: PostgresPool): Promise<void> {
  const storage = postgresStorage(pool, { migrate: 'by-hand' })
  const { sessions, devices, statistics, events, sealedValues, cutOffs, rollups, alerts } = storage
  const record = sampleSession('ada')
  const device = sampleDevice('ada')
  await storage.open()
  await sessions.insert(record, claiming('key', 'request'))
  await sessions.insert(sampleSession('ada'), replacing(record))
  await sessions.insert(sampleSession('ada'), { ...claiming('another', 'request'), replaces: record.id })
  await sessions.insert(sampleSession('ada'), claiming('key', 'request'))
  await sessions.find(record.id)
  await sessions.replace({ ...record, version: 2 }, renewedAt(noon))
  await sessions.tighten([{ id: record.id, expiresAt: noon, idleTimeout: null }])
  await sessions.touch([{ id: record.id, at: noon }])
  for (const state of [null, 'live', 'ended'] as const) {
    for (const filter of filters) {
      const query = queryAt(noon, { ...filter, userId: 'ada', state })
      await sessions.list(query, { cursor: null, limit: 10 })
      await sessions.list(query, { cursor: `${noon}.ses_${'a'.repeat(24)}`, limit: 10 })
      await sessions.count(query)
    }
  }
  for (const filter of [...filters, { state: 'live' }] as const) {
    await sessions.list(queryAt(noon, filter), { cursor: null, limit: 10 })
    await sessions.list(queryAt(noon, filter), { cursor: `${noon}.ses_${'a'.repeat(24)}`, limit: 10 })
  }
  await statistics.forUser('ada', windowAt(noon))
  await statistics.backlog(boundsAt(noon), 10)
  await statistics.countEndedBefore(noon, 10)
  const nothingMore = { interval: null, from: null, until: null, by: null, bounds: [] }
  await statistics.tally(queryAt(noon, { userId: 'ada' }), { measure: 'created', ...nothingMore })
  await sessions.insert(sampleSession('ada'), plainly)
  await sessions.invalidate({ kind: 'session', id: record.id, userId: null }, revokedAt(noon))
  await sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
  await sessions.invalidate({ kind: 'sessions', sessions: [record] }, revokedAt(noon))
  // Asked for in one moment, they share a statement.
  await Promise.all(
    ['ada', 'bob', 'eve'].flatMap((userId) => [
      sessions.invalidate({ kind: 'user', userId, except: null }, revokedAt(noon)),
      sessions.invalidate({ kind: 'session', id: sampleSession(userId).id, userId }, revokedAt(noon)),
    ]),
  )
  for (const atLimit of ['end-oldest', 'end-least-recent'] as const) {
    await sessions.insert(sampleSession('ada'), limitedTo(1, atLimit))
    await sessions.insert(sampleSession('ada'), limitedTo(1, atLimit))
  }
  await cutOffs.set(cutOffAt({ kind: 'user', userId: 'bob' }, noon), changedAt(noon))
  await sessions.insert(sessionOn(device), onDevice(device))
  await sessions.insert(sessionOn(device), onDevice(device))
  await sessions.insert(sessionOn(device), { ...onDevice(device), ...claiming('one more', 'request') })
  await sessions.insert(sessionOn(device), {
    ...onDevice(device),
    idempotency: claiming('a device', 'request').idempotency,
  })
  for (const plan of [plainly, replacing(record), claiming('a new device', 'request')]) {
    const added = sampleDevice('ada')
    await sessions.insert(sessionOn(added), { ...plan, device: onNewDevice(added).device })
  }
  await sessions.invalidate({ kind: 'device', userId: 'ada', deviceId: device.id }, revokedAt(noon))
  await statistics.deviceUses('ada', boundsAt(noon))
  await devices.find(device.id)
  await devices.list('ada', 10)
  await devices.replace({ ...device, version: 2 }, deviceChangedAt(noon))
  await devices.forget(device.id, changedAt(noon))
  await devices.forgetUnused(noon, noon, 10)
  await devices.forgetFingerprints(noon, 10)
  await sessions.fade('ipAddress', instantOf(noon - 20_000), noon, 10)
  await sessions.fade('userAgent', instantOf(noon - 20_000), noon, 10)
  for (const table of ['user_sessions', 'user_devices'] as const) {
    const read = await sealedValues.notSealedBy(table, 'key.', null, 10)
    await sealedValues.replace(table, read, read)
  }
  await sessions.cleanup(boundsAt(noon), noon, 10)
  await sessions.forget(noon, 10)
  await sessions.forgetUser('ada', changedAt(noon), digestOf)
  await events.read(0, 10)
  for (const filter of [{}, { userId: 'ada' }, { actor: 'user:ada' }, { actor: 'admin:root' }]) {
    await events.list(everyEvent(filter), { cursor: null, limit: 10 })
    await events.list(everyEvent(filter), { cursor: '900', limit: 10 })
  }
  await events.list(everyEvent({ sessionId: record.id, userId: 'ada' }), { cursor: null, limit: 10 })
  await events.list(everyEvent({ request: 'req-1' }), { cursor: null, limit: 10 })
  await events.countUpTo(100, 10)
  await events.forget(100, 10)
  await askOfReports(rollups)
  await askOfAlerts(alerts)
  await storage.close()
}

async function askOfReports(rollups: RollupStore): Promise<void> {
  const [from, until] = [hoursAfterNoon(-48), noon]
  const created = { start: noon, measure: 'created', dimension: 'all', value: '', count: 1, sum: 0 } as const
  const member = { interval: 'hour', start: noon, measure: 'distinct-users', member: 'a' } as const
  const batch = {
    upTo: 1,
    since: noon,
    rollups: [{ interval: 'hour', ...created }],
    members: [member],
  } as const
  await rollups.apply({ after: 0, ...batch })
  await rollups.read({ interval: 'hour', from, until, measures: [], dimensions: [] })
  await rollups.read({ interval: 'day', from, until, measures: ['created'], dimensions: ['all'] })
  await rollups.countBefore('hour', from, 10)
  await rollups.forget('hour', from, 10)
  await rollups.forgetMembers(from, 10)
}

async function askOfAlerts(alerts: AlertStore): Promise<void> {
  const alert = sampleAlert()
  await alerts.add(alert, [])
  await alerts.find(alert.id)
  await alerts.replace({ ...alert, version: 2 }, [])
  await alerts.unresolved([alert, { ...alert, userId: null }])
  await alerts.list(everyAlert(), { cursor: null, limit: 10 })
  await alerts.list(everyAlert({ userId: 'ada' }), { cursor: null, limit: 10 })
  await alerts.unanswered(10)
  await alerts.replaceHistory(sampleHistory('ada'))
  await alerts.histories(['ada', 'bob'])
  await alerts.forgetHistories(noon, 10)
}

/** The pool, and every statement that went through it. */
function watched(pool: Pool): { readonly pool: PostgresPool; readonly seen: Map<string, PostgresQuery> } {
  const seen = new Map<string, PostgresQuery>()
  const around = wrapped(pool, (run) => (query) => {
    seen.set(query.text, query)
    return run(query)
  })
  return { pool: around, seen }
}

const manyRows = `
INSERT INTO user_sessions (id, user_id, device_info, created_at, expires_at, invalidated_at, end_reason, shard,
  secret_hash, version, authenticated_at, amr, ip_address, address_key, user_agent, device_id)
SELECT 'ses_' || md5(n::text), 'user-' || n % 4000, '{"type":"desktop","browser":"Firefox","os":"Linux"}',
  ${noon} - n, ${noon} + 1000000000 + n, CASE WHEN n % 3 = 0 THEN ${noon} + n END,
  CASE WHEN n % 3 = 0 THEN 'revoked' END, n % 1024, '\\x00', 1, ${noon}, '[]', '192.0.2.' || n % 200, '192.0.2.' || n % 200,
  'Example/1.0', 'dev_' || md5((n % 6000)::text)
FROM generate_series(1, 20000) AS n;
INSERT INTO session_event_log (position, type, at, session_id, user_id, shard, actor)
SELECT n, 'session.created', ${noon} + n, 'ses_' || md5(n::text), 'user-' || n % 4000, n % 1024, 'system'
FROM generate_series(1, 20000) AS n;
UPDATE session_events_numbered SET last = 20000;
INSERT INTO session_events (type, at, session_id, user_id, shard, actor)
SELECT 'session.created', ${noon} + n, 'ses_' || md5(n::text), 'user-' || n % 4000, n % 1024, 'system'
FROM generate_series(1, 2000) AS n;
INSERT INTO user_devices (id, user_id, shard, version, device_info, first_seen_at, last_seen_at, fingerprints,
  fingerprinted_at)
SELECT 'dev_' || md5(n::text), 'user-' || n % 4000, n % 1024, 1, '{}', ${noon}, ${noon} - n * 3600000::bigint, '[{}]',
  ${noon} - n FROM generate_series(1, 6000) AS n;
INSERT INTO session_facet_sets
SELECT n, 'desktop', 'Browser ' || n, 'Linux', 'NO', '64496' FROM generate_series(1, 3000) AS n;
INSERT INTO session_rollups
SELECT (ARRAY['hour', 'day'])[1 + n % 2], ${noon} - n / 100 * 3600000::bigint, 'created', 'browser', n::text, 1, 0
FROM generate_series(1, 20000) AS n;
INSERT INTO session_rollup_members SELECT ${noon} - n / 100 * 3600000::bigint, 'hour', 'distinct-users', n::text
FROM generate_series(1, 20000) AS n;
INSERT INTO session_alerts (id, detector, severity, user_id, session_id, subject, reason, evidence, first_at, last_at, count,
  state, response, responded_at, notes, version)
SELECT 'alr_' || md5(n::text), 'detector-' || n % 10, 'medium', 'user-' || n % 4000, 'ses_' || md5(n::text), 'country:NO', '', '{}',
  ${noon} - n, ${noon} - n, 1, CASE WHEN n % 50 = 0 THEN 'open' ELSE 'resolved' END, CASE WHEN n % 9 = 0 THEN 'notify' END,
  ${noon}, '[]', 1 FROM generate_series(1, 20000) AS n;
INSERT INTO user_histories SELECT 'user-' || n, n % 1024, 1, ${noon} + n * 3600000::bigint, '{}' FROM generate_series(1, 5000) AS n;
INSERT INTO session_claims SELECT decode(md5(n::text), 'hex'), '\\x00', 'ses_' || md5(n::text), n % 1024, ${noon}
FROM generate_series(1, 5000) AS n;
ANALYZE;`

const largeTables = [
  'user_sessions',
  'user_devices',
  'session_events',
  'session_event_log',
  'session_claims',
  'session_rollups',
  'session_rollup_members',
  'session_alerts',
  'user_histories',
]

/** Alerts in which a user who is forgotten acted are looked for one by one. */
const ofWholeTables = ['jsonb_array_elements(notes)']

interface Planned {
  readonly sql: string
  readonly plan: string
}

async function plansOf(partitions: number): Promise<readonly Planned[]> {
  const pool = newPool({ ...(await postgres.newSchema()), max: 4 })
  await migratePostgres(pool, { partitions })
  await pool.query(manyRows)
  const { pool: watching, seen } = watched(pool)
  await askAboutFew(watching)
  const planned: Planned[] = []
  for (const { text, values } of seen.values()) {
    if (!new RegExp(`(${largeTables.join('|')})\\b`).test(text) || values === undefined) continue
    const { rows } = await pool.query(`EXPLAIN ${text}`, values)
    planned.push({ sql: text, plan: rows.map((row) => row['QUERY PLAN']).join('\n') })
  }
  await pool.end()
  return planned
}

describe('the plan of every statement about one user, one session, one key, one page or one batch', {
  timeout: 60_000,
}, () => {
  it('reads no table of sessions, devices, events or claims as a whole', async () => {
    const planned = await plansOf(0)
    expect(planned.length).toBeGreaterThan(25)
    const scan = new RegExp(`Seq Scan on (${largeTables.join('|')})\\b`)
    const scans = planned.filter(
      ({ sql, plan }) => scan.test(plan) && !ofWholeTables.some((part) => sql.includes(part)),
    )
    expect(scans).toEqual([])
  })

  it('touches one partition where it is about one user or one session', async () => {
    const planned = await plansOf(8)
    const aboutOne = planned.filter(({ sql }) => /user_sessions\b.*shard = \$\d/s.test(sql))
    expect(aboutOne.length).toBeGreaterThan(25)
    for (const { plan } of aboutOne) {
      expect(plan).not.toMatch(/Seq Scan on user_sessions/)
      expect(new Set(plan.match(/ on user_sessions_\d+/g)).size).toBe(1)
    }
  })
})
