import { type DeviceRecord, newDeviceId } from '../../model/device.ts'
import { plainEvent } from '../../model/session-event.ts'
import type { FacetCondition, SessionFilter } from '../../model/session-filter.ts'
import { sealedTables } from '../../ports/data-key-store.ts'
import type { Storage } from '../../ports/storage.ts'
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
import type { Connection } from './connection.ts'
import { storageOn } from './storage.ts'

const desktop: FacetCondition = { facet: 'device_type', is: 'one-of', values: ['desktop'] }

const filters: readonly Partial<SessionFilter>[] = [
  {},
  { facets: [desktop] },
  { facets: [desktop], created: { from: noon, until: hoursAfterNoon(1) } },
  { created: { from: noon, until: hoursAfterNoon(1) } },
  { addressRange: '192.0.2.0/24', lastActive: { from: noon, until: noon } },
  { risk: 'high' },
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
export async function askForEverything(connection: Connection): Promise<void> {
  const storage = storageOn(connection, 'private')
  const { sessions, devices, statistics, events } = storage
  const record = sampleSession('ada')
  const device = sampleDevice('ada')
  await storage.open()
  await sessions.insert(record, claiming('key', 'request'))
  await sessions.insert(sampleSession('ada'), { ...claiming('key', 'request'), ...replacing(record) })
  await sessions.insert(sessionOn(device), onDevice(device))
  await sessions.find(record.id)
  await askAboutDevice(storage, device)
  await askAboutKeys(storage)
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
  await askAboutReports(storage)
  await askAboutAlerts(storage)
  await askAboutAudit(storage)
  await askAboutCutOffs(storage)
}

async function askAboutDevice({ devices, statistics }: Storage, device: DeviceRecord): Promise<void> {
  await devices.find(device.id)
  await devices.list('ada', 10)
  await devices.replace({ ...device, version: 2 }, deviceChangedAt(noon))
  await statistics.deviceUses('ada', boundsAt(noon))
}

async function askAboutKeys({ dataKeys, sealedValues }: Storage): Promise<void> {
  const key = sampleDataKey()
  await dataKeys.list()
  await dataKeys.addFirst(key)
  await dataKeys.add({ ...key, id: 'bbbbbbbb' })
  await dataKeys.remove(key.id)
  for (const table of sealedTables) {
    const found = await sealedValues.notSealedBy(table, 'key.', null, 10)
    await sealedValues.replace(table, found, found)
  }
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

async function askAboutReports(storage: Storage): Promise<void> {
  const { rollups, statistics, sessions, events, bulkEndings } = storage
  const bucket = { interval: 'hour', start: noon } as const
  const batch = {
    upTo: 1,
    since: noon,
    rollups: [{ ...bucket, measure: 'created', dimension: 'all', value: '', count: 1, sum: 0 }],
    members: [{ ...bucket, measure: 'distinct-users', member: 'a' }],
  } as const
  await rollups.apply({ ...batch, after: 0 })
  await rollups.position()
  for (const measures of [[], ['created'] as const]) {
    await rollups.read({ interval: 'hour', from: noon, until: noon, measures, dimensions: [] })
  }
  await rollups.replace(noon, batch)
  await rollups.countBefore('hour', noon, 10)
  await rollups.forget('hour', noon, 10)
  await rollups.forgetMembers(noon, 10)
  await statistics.countEndedBefore(noon, 10)
  await events.countUpTo(1, 10)
  await bulkEndings.find('blk_')
  const [{ id, userId }] = [sampleSession('ada')]
  await sessions.invalidate({ kind: 'sessions', sessions: [{ id, userId }] }, revokedAt(noon))
  await askForTallies(storage)
}

async function askForTallies({ statistics }: Storage): Promise<void> {
  for (const measure of ['created', 'ended', 'duration'] as const) {
    for (const of of [null, 'ada']) {
      const until = hoursAfterNoon(1)
      const tally = { measure, interval: 'hour', from: noon, until, by: null, bounds: [1] } as const
      await statistics.tally(queryAt(noon, { userId: of, facets: [desktop] }), tally)
    }
    for (const few of [{ ipAddress: '192.0.2.1' }, { addressRange: '192.0.2.0/24' }]) {
      const tally = { measure, interval: null, from: null, until: null, by: null, bounds: [] } as const
      await statistics.tally(queryAt(noon, few), tally)
      await statistics.tally(queryAt(noon, { facets: [desktop] }), tally)
      await statistics.tally(queryAt(noon, { state: 'live', facets: [desktop] }), tally)
    }
  }
}

async function askAboutAlerts({ alerts }: Storage): Promise<void> {
  const alert = sampleAlert()
  await alerts.begin(0)
  await alerts.replaceHistory(sampleHistory('ada'))
  const batch = { after: 0, upTo: 1, examined: [], histories: [sampleHistory('ada')], events: [] }
  await alerts.apply({ ...batch, alerts: [alert, { ...sampleAlert(), version: 2 }] })
  await alerts.apply({ ...batch, alerts: [alert] })
  await alerts.histories(['ada'])
  await alerts.unresolved([alert])
  await alerts.find(alert.id)
  await alerts.replace({ ...alert, version: 2 }, [])
  await alerts.unanswered(10)
  const ofOne = [{}, { userId: 'ada' }, { sessionId: sampleSession('ada').id }]
  const inbox = { states: ['open'], severities: ['high'] } as const
  for (const filter of [...ofOne, inbox, { states: ['open'] as const, from: noon }]) {
    await alerts.list(everyAlert(filter), { cursor: null, limit: 10 })
    await alerts.list(everyAlert(filter), { cursor: `${noon}.alr_${'a'.repeat(26)}`, limit: 10 })
    await alerts.tally(everyAlert(filter))
  }
  await alerts.forget(noon, 10)
  await alerts.countBefore(noon, 10)
  await alerts.forgetHistories(noon, 10)
  await alerts.countHistoriesBefore(noon, 10)
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
