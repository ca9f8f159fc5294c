import assert from 'node:assert/strict'
import { LatchkeyError } from '../../foundation/errors.ts'
import type { Tally } from '../../ports/session-statistics.ts'
import type { Storage } from '../../ports/storage.ts'
import { everyAlert, sampleAlert, sampleBulkEnding, sampleHistory, sampleMute } from './sample-alert.ts'
import {
  boundsAt,
  changedAt,
  cutOffAt,
  deviceChangedAt,
  digestOf,
  everyEvent,
  linkTo,
  noon,
  plainly,
  queryAt,
  renewedAt,
  revokedAt,
  sampleDataKey,
  sampleDevice,
  sampleSession,
  windowAt,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

export const closing: readonly StorageCase[] = [
  [
    'a closed storage rejects every call with `closed`, and closing twice is allowed',
    async (storage) => {
      await storage.ping()
      await storage.close()
      await storage.close()
      const calls = [
        () => storage.ping(),
        () => storage.open(),
        ...callsOfSessions(storage),
        ...callsOfDevices(storage),
        ...callsOfKeys(storage),
        ...callsOfCutOffs(storage),
        ...callsOfReports(storage),
        ...callsOfAlerts(storage),
      ]
      for (const call of calls) await assert.rejects(call(), isClosed)
    },
  ],
  [
    'closing finishes what is under way',
    async (storage) => {
      const insert = storage.sessions.insert(sampleSession('ada'), plainly)
      await storage.close()
      assert.equal((await insert).kind, 'inserted')
    },
  ],
]

function isClosed(thrown: unknown): boolean {
  return thrown instanceof LatchkeyError && thrown.code === 'closed'
}

type Calls = readonly (() => Promise<unknown>)[]

function callsOfSessions({ sessions, statistics, events }: Storage): Calls {
  const record = sampleSession('ada')
  return [
    () => sessions.insert(record, plainly),
    () => sessions.find(record.id),
    () => sessions.replace(record, renewedAt(noon)),
    () => sessions.touch([]),
    () => sessions.tighten([]),
    () => sessions.invalidate({ kind: 'user', userId: 'ada', except: null }, revokedAt(noon)),
    () => sessions.list(queryAt(noon), { cursor: null, limit: 1 }),
    () => sessions.count(queryAt(noon)),
    () => sessions.cleanup(boundsAt(noon), noon, 1),
    () => sessions.forget(noon, 1),
    () => sessions.fade('ipAddress', noon, noon, 1),
    () => sessions.forgetUser('ada', changedAt(noon), digestOf),
    () => statistics.forUser('ada', windowAt(noon)),
    () => statistics.totals(),
    () => statistics.recountActive(),
    () => statistics.backlog(boundsAt(noon), 1),
    () => statistics.countEndedBefore(noon, 1),
    () => statistics.tally(queryAt(noon), everyOneCounted),
    () => events.countUpTo(1, 1),
    () => events.read(0, 1),
    () => events.latest(),
    () => events.forget(1, 1),
    () => events.list(everyEvent(), { cursor: null, limit: 1 }),
    () => events.append([]),
  ]
}

const everyOneCounted: Tally = {
  measure: 'created',
  interval: null,
  from: null,
  until: null,
  by: null,
  bounds: [],
}

function callsOfReports({ rollups, bulkEndings, workClaims }: Storage): Calls {
  const batch = { upTo: 1, since: noon, rollups: [], members: [] }
  const asked = { interval: 'hour', from: noon, until: noon, measures: [], dimensions: [] } as const
  const job = sampleBulkEnding()
  return [
    () => rollups.position(),
    () => rollups.apply({ ...batch, after: 0 }),
    () => rollups.read(asked),
    () => rollups.replace(noon, batch),
    () => rollups.forget('hour', noon, 1),
    () => rollups.forgetMembers(noon, 1),
    () => rollups.countBefore('hour', noon, 1),
    () => bulkEndings.add(job, []),
    () => bulkEndings.find(job.id),
    () => bulkEndings.replace(job, []),
    () => bulkEndings.list(1),
    () => bulkEndings.running(),
    () => bulkEndings.forget(noon, 1),
    () => bulkEndings.countBefore(noon, 1),
    () => workClaims.claim('reports', 'a', noon, noon),
    () => workClaims.release('reports', 'a'),
  ]
}

function callsOfAlerts({ alerts }: Storage): Calls {
  const alert = sampleAlert()
  return [
    () => alerts.position(),
    () => alerts.begin(0),
    () => alerts.histories(['ada']),
    () => alerts.replaceHistory(sampleHistory('ada')),
    () => alerts.unresolved([alert]),
    () => alerts.apply({ after: 0, upTo: 1, examined: [], histories: [], alerts: [], events: [] }),
    () => alerts.find(alert.id),
    () => alerts.replace(alert, []),
    () => alerts.add(alert, []),
    () => alerts.list(everyAlert(), { cursor: null, limit: 1 }),
    () => alerts.tally(everyAlert()),
    () => alerts.unanswered(1),
    () => alerts.settings(),
    () => alerts.putSetting({ detector: 'x', mode: 'off', response: 'notify' }, []),
    () => alerts.mutes(),
    () => alerts.addMute(sampleMute(), []),
    () => alerts.removeMute('mut_', []),
    () => alerts.forget(noon, 1),
    () => alerts.countBefore(noon, 1),
    () => alerts.forgetHistories(noon, 1),
    () => alerts.countHistoriesBefore(noon, 1),
  ]
}

function callsOfDevices({ devices, statistics }: Storage): Calls {
  const device = sampleDevice('ada')
  return [
    () => devices.find(device.id),
    () => devices.list('ada', 1),
    () => devices.replace(device, deviceChangedAt(noon)),
    () => devices.forget(device.id, changedAt(noon)),
    () => devices.forgetUnused(noon, noon, 1),
    () => devices.forgetFingerprints(noon, 1),
    () => statistics.deviceUses('ada', boundsAt(noon)),
  ]
}

function callsOfCutOffs({ cutOffs, auditLinks }: Storage): Calls {
  const scope = { kind: 'user', userId: 'ada' } as const
  return [
    () => cutOffs.set(cutOffAt(scope, noon), changedAt(noon)),
    () => cutOffs.lift(scope, changedAt(noon)),
    () => cutOffs.find(scope),
    () => cutOffs.list(1),
    () => auditLinks.latest(),
    () => auditLinks.append(linkTo(1), null),
    () => auditLinks.read(0, 1),
    () => auditLinks.latestBefore(noon),
    () => auditLinks.forgetBefore(1),
  ]
}

function callsOfKeys({ dataKeys, sealedValues }: Storage): Calls {
  const key = sampleDataKey()
  return [
    () => dataKeys.list(),
    () => dataKeys.addFirst(key),
    () => dataKeys.add(key),
    () => dataKeys.remove(key.id),
    () => sealedValues.notSealedBy('user_sessions', 'key.', null, 1),
    () => sealedValues.replace('user_sessions', [], []),
  ]
}
