import { beforeAll, describe, expect, it } from 'vitest'
import { newDeviceId } from '../../model/device.ts'
import { plainEvent } from '../../model/session-event.ts'
import type { SessionFilter } from '../../model/session-filter.ts'
import { sealedTables } from '../../ports/data-key-store.ts'
import type { Storage } from '../../ports/storage.ts'
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
  linkTo,
  noon,
  onDevice,
  plainly,
  queryAt,
  renewedAt,
  replacing,
  revokedAt,
  sampleDataKey,
  sampleDevice,
  sampleSession,
  sessionOn,
  windowAt,
} from '../../testing/session-store-contract/sample-session.ts'
import { type Connection, sqliteConnection } from './connection.ts'
import { storageOn } from './storage.ts'

const filters: readonly Partial<SessionFilter>[] = [
  {},
  { deviceType: 'mobile' },
  { ipAddress: '192.0.2.10' },
  { search: { text: 'ad', userIds: ['bob'], address: '192.0.2.10' } },
]

async function listInEveryWay(connection: Connection): Promise<void> {
  const { sessions } = storageOn(connection, 'private')
  for (const userId of [null, 'ada']) {
    for (const state of [null, 'live', 'ended'] as const) {
      for (const filter of userId === null ? filters : [...filters, { deviceId: newDeviceId(userId) }]) {
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
  const { sessions, devices, statistics, events, dataKeys, sealedValues } = storage
  const record = sampleSession('ada')
  const device = sampleDevice('ada')
  const key = sampleDataKey()
  await storage.open()
  await sessions.insert(record, claiming('key', 'request'))
  await sessions.insert(sampleSession('ada'), { ...claiming('key', 'request'), ...replacing(record) })
  await sessions.insert(sessionOn(device), onDevice(device))
  await sessions.find(record.id)
  await devices.find(device.id)
  await devices.list('ada', 10)
  await devices.replace({ ...device, version: 2 }, deviceChangedAt(noon))
  await statistics.deviceUses('ada', boundsAt(noon))
  await dataKeys.list()
  await dataKeys.addFirst(key)
  await dataKeys.add({ ...key, id: 'bbbbbbbb' })
  await dataKeys.remove(key.id)
  for (const table of sealedTables) {
    const found = await sealedValues.notSealedBy(table, 'key.', null, 10)
    await sealedValues.replace(table, found, found)
  }
  await sessions.replace({ ...record, version: 2 }, renewedAt(noon))
  await sessions.touch([{ id: record.id, at: noon }])
  await listInEveryWay(connection)
  await statistics.forUser('ada', windowAt(noon))
  await statistics.totals()
  await statistics.recountActive()
  await statistics.backlog(boundsAt(noon), 10)
  await sessions.insert(sampleSession('ada'), plainly)
  await sessions.invalidate({ kind: 'session', id: record.id, userId: null }, revokedAt(noon))
  await sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon))
  await sessions.invalidate({ kind: 'device', userId: 'ada', deviceId: device.id }, revokedAt(noon))
  await sessions.cleanup(boundsAt(noon), noon, 10)
  await sessions.fade('ipAddress', noon, noon, 10)
  await sessions.fade('userAgent', noon, noon, 10)
  await devices.forgetFingerprints(noon, 10)
  await devices.forgetUnused(noon, noon, 10)
  await devices.forget(device.id, changedAt(noon))
  await sessions.forget(noon, 10)
  await sessions.forgetUser('ada', changedAt(noon), digestOf)
  await events.read(0, 10)
  await events.latest()
  await events.forget(noon, 10)
  await askAboutAudit(storage)
  await askAboutCutOffs(storage)
}

async function askAboutAudit({ events, auditLinks }: Storage): Promise<void> {
  const { id } = sampleSession('ada')
  for (const types of [[], ['session.created'] as const]) {
    for (const actor of [null, 'system', 'user:ada', 'admin:ada'] as const) {
      for (const about of [{}, { userId: 'ada' }, { sessionId: id }, { userId: 'ada', sessionId: id }]) {
        for (const when of [{}, { from: noon }, { until: noon }, { from: noon, until: noon }]) {
          await events.list(everyEvent({ types, actor, ...about, ...when }), { cursor: '7', limit: 10 })
        }
      }
    }
  }
  await events.append([plainEvent({ type: 'request.refused', at: noon, actor: 'system' })])
  await auditLinks.latest()
  await auditLinks.append(linkTo(1), null)
  await auditLinks.read(0, 10)
  await auditLinks.latestBefore(noon)
  await auditLinks.forgetBefore(1)
}

async function askAboutCutOffs({ cutOffs, sessions }: Storage): Promise<void> {
  const deviceId = newDeviceId('ada')
  const scopes = [
    { kind: 'user', userId: 'ada' },
    { kind: 'device', userId: 'ada', deviceId },
  ] as const
  for (const scope of scopes) await cutOffs.set(cutOffAt(scope, noon), changedAt(noon))
  await cutOffs.lift(scopes[0], changedAt(noon))
  await cutOffs.find(scopes[0])
  await cutOffs.list(10)
  const at = hoursAfterNoon(1)
  for (const atLimit of ['end-oldest', 'end-least-recent'] as const) {
    await sessions.insert(sampleSession('ada', { createdAt: at }), limitedTo(1, atLimit))
  }
  await sessions.tighten([{ id: sampleSession('ada').id, expiresAt: at, idleTimeout: null }])
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
  return steps.filter((step) =>
    /^SCAN (user_sessions|user_devices|forgotten|session_events|session_claims|session_cut_offs|session_audit_links)/.test(
      step,
    ),
  )
}

describe('the plan of every statement', () => {
  it('reads a whole table in no statement about one user, one session, one key or one batch', () => {
    const aboutFew = planned.filter(({ sql }) =>
      /:(userId|id|keyHash|replaces|endedBefore|limit \d|position|after|before|afterId|from|deviceId|lastSeenBefore|seenBefore)\b/.test(
        sql,
      ),
    )
    expect(aboutFew.length).toBeGreaterThan(30)
    expect(aboutFew.filter((plan) => scans(plan).length > 0)).toEqual([])
  })

  it('walks the newest sessions by their index where every session is asked for', () => {
    const walks = planned.filter((plan) => scans(plan).length > 0)
    const inOrder = /INDEXED BY (user_sessions|session_cut_offs)_newest|ORDER BY last DESC LIMIT 1$/
    const others = walks.filter(({ sql }) => !inOrder.test(sql))
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
      if (sql.includes('ORDER BY created_at')) expect(steps.join()).not.toContain('FOR ORDER BY')
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

  it('reaches one session or one device by its primary key', () => {
    const one = planned.filter(({ sql }) => /\bid = :(id|replaces) AND shard = :shard/.test(sql))
    expect(one.length).toBeGreaterThan(9)
    for (const { steps } of one) {
      expect(steps[0]).toMatch(
        /^SEARCH user_(sessions|devices) USING INDEX sqlite_autoindex_\S+ \(id=\? AND shard=\?\)$/,
      )
    }
  })

  it('ends the sessions of a device among the live ones of its user', () => {
    const ending = planned.filter(({ sql }) => /^UPDATE user_sessions.*device_id = :deviceId/s.test(sql))
    expect(ending).toHaveLength(3)
    for (const { steps } of ending) {
      expect(steps[0]).toContain('user_sessions_by_user (user_id=? AND shard=? AND is_active=?')
    }
  })

  it('fades from the oldest session on, and seals anew in the order of ids, without sorting', () => {
    const fading = planned.filter(({ sql }) => /^UPDATE user_sessions.*:from/s.test(sql))
    expect(fading).toHaveLength(2)
    for (const { steps } of fading) {
      expect(steps.join()).toContain('user_sessions_newest (created_at>? AND created_at<?)')
      expect(steps.join()).not.toContain('FOR ORDER BY')
    }
    const sealing = planned.filter(({ sql }) => sql.includes(':prefix'))
    expect(sealing).toHaveLength(2)
    for (const { steps } of sealing)
      expect(steps).toEqual([expect.stringMatching(/autoindex_\S+ \(id>\?\)$/)])
  })

  it('finds events by the session, user, actor or time that is asked for, and else reads on from the newest', () => {
    const listed = planned.filter(
      ({ sql }) => sql.startsWith('SELECT * FROM session_events') && sql.includes(':end'),
    )
    expect(listed.length).toBeGreaterThan(50)
    for (const { sql, steps } of listed) {
      const index = /session_events INDEXED BY (\w+)\s+WHERE \+position/.exec(sql)?.[1]
      expect(steps[0]).toContain(index ? `USING INDEX ${index} (` : 'USING INTEGER PRIMARY KEY (rowid')
      if (!index) expect(steps.join()).not.toContain('FOR ORDER BY')
    }
  })

  it('looks up the cut-offs of a session by their keys', () => {
    const reading = planned.filter(({ sql }) => sql.includes('AS not_before'))
    expect(reading.length).toBeGreaterThan(10)
    for (const { steps } of reading) {
      const looks = steps.filter((step) => step.includes('session_cut_offs'))
      for (const look of looks)
        expect(look).toMatch(/^SEARCH session_cut_offs USING PRIMARY KEY \(subject[=>]\?\)/)
    }
  })

  it('finds the devices that nobody uses by their index, and asks each user’s live sessions for them', () => {
    const unused = planned.filter(({ sql }) => sql.includes(':lastSeenBefore'))
    expect(unused).toHaveLength(1)
    expect(unused[0]?.steps.join()).toContain('user_devices_by_use (last_seen_at<?)')
    expect(unused[0]?.steps.join()).toContain('user_sessions_by_user (user_id=? AND shard=? AND is_active=?')
  })

  it('reads what is overdue, faded or forgotten from the front of their index', () => {
    const overdue = planned.filter(
      ({ sql }) =>
        /^(UPDATE|DELETE|INSERT).*INDEXED BY user_(sessions|devices)_/s.test(sql) &&
        !sql.includes('GROUP BY'),
    )
    expect(overdue).toHaveLength(11)
    for (const { steps } of overdue) expect(steps.join()).not.toContain('FOR ORDER BY')
  })
})
