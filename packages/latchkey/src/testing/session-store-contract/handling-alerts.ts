import assert from 'node:assert/strict'
import type { Alert } from '../../model/alert.ts'
import { newDeviceId } from '../../model/device.ts'
import type { AlertFilter, AlertTally } from '../../ports/alert-store.ts'
import type { Storage } from '../../ports/storage.ts'
import { grown } from './alerting.ts'
import {
  alertEvent,
  everyAlert,
  keepHistories,
  sampleAlert,
  sampleHistory,
  sampleMute,
} from './sample-alert.ts'
import { hoursAfterNoon, noon, sampleSession, unplaced } from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

const ofAda = sampleSession('ada').id

function severalAlerts(): readonly Alert[] {
  return [
    sampleAlert({ lastAt: hoursAfterNoon(1), severity: 'info' }),
    sampleAlert({ lastAt: hoursAfterNoon(2), state: 'acknowledged', assignee: 'root', sessionId: ofAda }),
    sampleAlert({ lastAt: hoursAfterNoon(3), userId: 'bob', severity: 'critical' }),
    sampleAlert({ lastAt: hoursAfterNoon(3), userId: null, severity: 'high', detector: 'refused-tokens' }),
    sampleAlert({ lastAt: hoursAfterNoon(4), state: 'resolved', severity: 'low' }),
    sampleAlert({
      lastAt: hoursAfterNoon(5),
      state: 'false-alarm',
      sessionId: ofAda,
      detector: 'new-device',
    }),
  ]
}

function talliesOf(alerts: readonly Alert[]): readonly AlertTally[] {
  return alerts.flatMap(({ detector, state, severity }, index) => {
    const isAlike = (other: Alert): boolean =>
      other.detector === detector && other.state === state && other.severity === severity
    const alike = alerts.filter(isAlike)
    return alerts.findIndex(isAlike) === index ? [{ detector, state, severity, count: alike.length }] : []
  })
}

function inOrder(tallies: readonly AlertTally[]): readonly string[] {
  return tallies
    .map(({ detector, state, severity, count }) => `${detector} ${state} ${severity} ${count}`)
    .sort()
}

function inAll(tallies: readonly AlertTally[]): number {
  return tallies.reduce((sum, { count }) => sum + count, 0)
}

function matches(alert: Alert, filter: AlertFilter): boolean {
  return (
    (filter.userId === null || alert.userId === filter.userId) &&
    (filter.sessionId === null || alert.sessionId === filter.sessionId) &&
    (filter.detectors.length === 0 || filter.detectors.includes(alert.detector)) &&
    (filter.states.length === 0 || filter.states.includes(alert.state)) &&
    (filter.severities.length === 0 || filter.severities.includes(alert.severity)) &&
    (filter.assignee === null || (alert.assignee ?? '') === filter.assignee) &&
    (filter.from === null || alert.lastAt >= filter.from) &&
    (filter.until === null || alert.lastAt < filter.until)
  )
}

const conditions: readonly Partial<AlertFilter>[] = [
  {},
  { userId: 'ada' },
  { userId: '' },
  { sessionId: ofAda },
  { detectors: ['new-country'] },
  { detectors: ['refused-tokens', 'new-device'] },
  { states: ['open'] },
  { states: ['open', 'acknowledged'] },
  { states: ['resolved', 'open'] },
  { severities: ['info'] },
  { severities: ['low', 'medium', 'high', 'critical'] },
  { assignee: 'root' },
  { assignee: '' },
  { from: hoursAfterNoon(3) },
  { until: hoursAfterNoon(3) },
  { from: hoursAfterNoon(2), until: hoursAfterNoon(4) },
]

/** All pages, whatever their size. */
async function listedIds(
  { alerts }: Storage,
  filter: AlertFilter,
  limit: number,
): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page = await alerts.list(filter, { cursor, limit })
    assert.ok(page.items.length <= limit)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== null)
  return ids
}

const full = sampleAlert({
  severity: 'critical',
  sessionId: ofAda,
  deviceId: newDeviceId('ada'),
  count: 7,
  state: 'acknowledged',
  assignee: 'root',
  answer: 'not-me',
  answeredAt: hoursAfterNoon(1),
  response: 'require-reauthentication',
  respondedAt: hoursAfterNoon(2),
  notes: [
    { at: noon, by: 'admin:root', text: 'é "1"; --' },
    { at: hoursAfterNoon(1), by: 'user:ada', text: 'Not me.' },
  ],
})

export const handlingAlerts: readonly StorageCase[] = [
  [
    'an alert is added and found with everything that it says, its event beside it',
    async ({ alerts, events }) => {
      assert.equal(await alerts.find(full.id), null)
      await alerts.add(full, [alertEvent('alert.opened')])
      assert.deepEqual(await alerts.find(full.id), full)
      assert.deepEqual((await events.read(0, 10)).map(unplaced), [alertEvent('alert.opened')])
      await assert.rejects(alerts.add(full, [alertEvent()]))
      assert.equal((await events.read(0, 10)).length, 1)
    },
  ],
  [
    'a replace puts the next version in the place of the one before, once, with its events',
    async ({ alerts, events }) => {
      const alert = sampleAlert()
      await alerts.add(alert, [])
      const next = { ...full, id: alert.id, version: 2 }
      assert.equal(await alerts.replace({ ...next, version: 3 }, [alertEvent()]), false)
      assert.equal(await alerts.replace(next, [alertEvent()]), true)
      assert.equal(await alerts.replace(next, [alertEvent()]), false)
      assert.equal(await alerts.replace(grown(sampleAlert()), [alertEvent()]), false)
      assert.deepEqual(await alerts.find(alert.id), next)
      assert.equal((await events.read(0, 10)).length, 1)
    },
  ],
  [
    'of twenty concurrent replaces of one version of an alert exactly one wins',
    async ({ alerts, events }) => {
      const alert = sampleAlert()
      await alerts.add(alert, [])
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          alerts.replace({ ...alert, version: 2, count: index + 2 }, [alertEvent()]),
        ),
      )
      assert.equal(won.filter(Boolean).length, 1)
      assert.equal((await alerts.find(alert.id))?.count, won.indexOf(true) + 2)
      assert.equal((await events.read(0, 100)).length, 1)
    },
  ],
  [
    'each condition narrows the list of alerts, all of them together, newest first whatever the pages, and the count agrees',
    async (storage) => {
      const all = severalAlerts()
      for (const alert of all) await storage.alerts.add(alert, [])
      const sorted = [...all].sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1))
      for (const one of conditions) {
        for (const other of conditions) {
          const filter = everyAlert({ ...other, ...one })
          const matching = sorted.filter((alert) => matches(alert, filter))
          const expected = matching.map(({ id }) => id)
          for (const limit of [1, 100]) assert.deepEqual(await listedIds(storage, filter, limit), expected)
          assert.deepEqual(inOrder(await storage.alerts.tally(filter)), inOrder(talliesOf(matching)))
        }
      }
    },
  ],
  [
    'a cursor that no page of alerts came with is refused',
    async ({ alerts }) => {
      for (const alert of severalAlerts()) await alerts.add(alert, [])
      for (const cursor of [
        '',
        'abc',
        '.',
        '7',
        `${noon}.`,
        `${noon}.alr_`,
        `${noon}.ses_${'a'.repeat(24)}`,
      ]) {
        const asked = alerts.list(everyAlert(), { cursor, limit: 1 })
        await assert.rejects(asked, { code: 'invalid-argument', field: 'cursor' })
      }
    },
  ],
  [
    'a detector is set, and set again, with the event of it',
    async ({ alerts, events }) => {
      assert.deepEqual(await alerts.settings(), [])
      const [one, two] = [
        { detector: 'new-country', mode: 'observe', response: 'notify' },
        { detector: 'impossible-travel', mode: 'enforce', response: 'end-session' },
      ] as const
      await alerts.putSetting(one, [alertEvent('detector.set')])
      await alerts.putSetting(two, [])
      const next = { ...one, mode: 'off', response: 'require-reauthentication' } as const
      await alerts.putSetting(next, [])
      const found = [...(await alerts.settings())].sort((a, b) => (a.detector < b.detector ? -1 : 1))
      assert.deepEqual(found, [two, next])
      assert.deepEqual((await events.read(0, 10)).map(unplaced), [alertEvent('detector.set')])
    },
  ],
  [
    'mutes are listed newest first with everything that they say, and removed once',
    async ({ alerts, events }) => {
      assert.deepEqual(await alerts.mutes(), [])
      const all = [
        sampleMute({ userId: 'ada', at: hoursAfterNoon(2), until: hoursAfterNoon(9), note: 'é "1"' }),
        sampleMute({ detector: null, network: 64_496, at: hoursAfterNoon(1) }),
        sampleMute({ deviceId: newDeviceId('ada'), by: 'user:ada' }),
      ]
      for (const mute of [...all].reverse()) await alerts.addMute(mute, [alertEvent('mute.added')])
      assert.deepEqual(await alerts.mutes(), all)
      const [first] = all
      assert.ok(first)
      assert.equal(await alerts.removeMute(first.id, [alertEvent('mute.removed')]), true)
      assert.equal(await alerts.removeMute(first.id, [alertEvent('mute.removed')]), false)
      assert.deepEqual(await alerts.mutes(), all.slice(1))
      assert.equal((await events.read(0, 10)).length, 4)
    },
  ],
  [
    'alerts are forgotten once they are closed, the oldest first, at most so many, and are counted before',
    async (storage) => {
      const { alerts } = storage
      const closed = [1, 2, 3, 4].map((hour) =>
        sampleAlert({ lastAt: hoursAfterNoon(hour), state: hour === 2 ? 'false-alarm' : 'resolved' }),
      )
      const open = [sampleAlert(), sampleAlert({ state: 'acknowledged' })]
      for (const alert of [...closed, ...open]) await alerts.add(alert, [])
      const limit = hoursAfterNoon(4)
      assert.deepEqual([await alerts.countBefore(limit, 10), await alerts.countBefore(limit, 2)], [3, 2])
      assert.equal(await alerts.forget(limit, 2), 2)
      assert.deepEqual((await listedIds(storage, everyAlert(), 10)).length, 4)
      assert.notEqual(await alerts.find(closed[2]?.id ?? full.id), null)
      assert.equal(await alerts.forget(limit, 2), 1)
      assert.equal(await alerts.forget(limit, 2), 0)
      assert.equal(inAll(await alerts.tally(everyAlert())), 3)
    },
  ],
  [
    'histories are forgotten by their last sign-in, at most so many',
    async ({ alerts }) => {
      const users = ['a', 'b', 'c', 'd']
      const histories = users.map((userId, index) =>
        sampleHistory(userId, { lastAt: hoursAfterNoon(24 * index) }),
      )
      await keepHistories(alerts, histories)
      const limit = hoursAfterNoon(24 * 3)
      assert.deepEqual(
        [await alerts.countHistoriesBefore(limit, 10), await alerts.countHistoriesBefore(limit, 2)],
        [3, 2],
      )
      assert.equal(await alerts.forgetHistories(limit, 2), 2)
      assert.equal(await alerts.forgetHistories(limit, 2), 1)
      assert.equal(await alerts.forgetHistories(limit, 2), 0)
      assert.deepEqual(
        (await alerts.histories(users)).map(({ userId }) => userId),
        ['d'],
      )
    },
  ],
]
