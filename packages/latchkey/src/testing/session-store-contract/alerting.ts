import assert from 'node:assert/strict'
import type { Alert } from '../../model/alert.ts'
import type { UserHistory } from '../../model/user-history.ts'
import type { DetectionBatch } from '../../ports/alert-store.ts'
import type { Storage } from '../../ports/storage.ts'
import { alertEvent, everyAlert, keepHistories, sampleAlert, sampleHistory } from './sample-alert.ts'
import {
  changedAt,
  digestOf,
  hoursAfterNoon,
  noon,
  plainly,
  sampleSession,
  unplaced,
} from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

function batch(after: number, upTo: number, changes: Partial<DetectionBatch> = {}): DetectionBatch {
  return { after, upTo, examined: [], histories: [], alerts: [], events: [], ...changes }
}

/** The next version of it, one finding later. */
export function grown(alert: Alert, changes: Partial<Alert> = {}): Alert {
  const next = { version: alert.version + 1, count: alert.count + 1, lastAt: hoursAfterNoon(1) }
  return { ...alert, ...next, reason: 'Again.', sessionId: sampleSession('ada').id, ...changes }
}

function byUser(histories: readonly UserHistory[]): readonly UserHistory[] {
  return [...histories].sort((a, b) => (a.userId < b.userId ? -1 : 1))
}

async function allAlerts({ alerts }: Storage): Promise<readonly Alert[]> {
  return (await alerts.list(everyAlert(), { cursor: null, limit: 100 })).items
}

export const alerting: readonly StorageCase[] = [
  [
    'detectors have no position until they begin, and they begin once',
    async ({ alerts }) => {
      assert.equal(await alerts.position(), null)
      assert.equal(await alerts.apply(batch(0, 5)), false)
      assert.equal(await alerts.position(), null)
      await alerts.begin(7)
      await alerts.begin(9)
      assert.equal(await alerts.position(), 7)
    },
  ],
  [
    'a batch brings histories, alerts and events in one step, from the position before to the one after',
    async (storage) => {
      const { alerts, events } = storage
      await alerts.begin(0)
      const [one, two] = [
        sampleAlert(),
        sampleAlert({ userId: null, subject: 'source:x', lastAt: hoursAfterNoon(-1) }),
      ]
      const told = [alertEvent('alert.opened'), alertEvent('alert.opened')]
      const said = {
        alerts: [one, two],
        histories: [sampleHistory('ada'), sampleHistory('bob')],
        events: told,
      }
      assert.equal(await alerts.apply(batch(0, 5, said)), true)
      assert.equal(await alerts.position(), 5)
      assert.deepEqual(await allAlerts(storage), [one, two])
      assert.deepEqual(byUser(await alerts.histories(['ada', 'bob', 'eve'])), said.histories)
      assert.deepEqual((await events.read(0, 10)).map(unplaced), told)
    },
  ],
  [
    'a batch from another position changes nothing',
    async (storage) => {
      const { alerts, events } = storage
      await alerts.begin(5)
      const said = { alerts: [sampleAlert()], histories: [sampleHistory('ada')], events: [alertEvent()] }
      for (const after of [0, 4, 6]) assert.equal(await alerts.apply(batch(after, 9, said)), false)
      assert.equal(await alerts.position(), 5)
      assert.deepEqual(await allAlerts(storage), [])
      assert.deepEqual(await alerts.histories(['ada']), [])
      assert.equal(await events.latest(), 0)
    },
  ],
  [
    'a batch that was made from an event that was erased or forgotten since changes nothing; one from what is left is taken',
    async (storage) => {
      const { alerts, events, sessions } = storage
      await alerts.begin(0)
      for (const user of ['ada', 'bob', 'eve']) await sessions.insert(sampleSession(user), plainly)
      const examined = (await events.read(0, 10)).map(({ position }) => position)
      const [adas = 0, bobs = 0, eves = 0] = examined
      await sessions.forgetUser('bob', changedAt(noon), digestOf)
      const latest = await events.latest()
      const said = { histories: [sampleHistory('bob')], alerts: [sampleAlert()], events: [alertEvent()] }
      for (const of of [examined, [bobs]])
        assert.equal(await alerts.apply(batch(0, eves, { ...said, examined: of })), false)
      assert.equal(await events.forget(adas, 1), 1)
      assert.equal(await alerts.apply(batch(0, eves, { ...said, examined: [adas, eves] })), false)
      assert.equal(await alerts.position(), 0)
      assert.deepEqual(await allAlerts(storage), [])
      assert.deepEqual(await alerts.histories(['bob']), [])
      assert.equal(await events.latest(), latest)
      const left = { histories: [sampleHistory('eve')], examined: [eves] }
      assert.equal(await alerts.apply(batch(0, eves, left)), true)
      assert.equal(await alerts.position(), eves)
    },
  ],
  [
    'of twenty concurrent batches from one position exactly one is taken',
    async (storage) => {
      const { alerts } = storage
      await alerts.begin(0)
      const made = Array.from({ length: 20 }, () => sampleAlert())
      const won = await Promise.all(made.map((alert) => alerts.apply(batch(0, 5, { alerts: [alert] }))))
      assert.equal(won.filter(Boolean).length, 1)
      assert.deepEqual(await allAlerts(storage), [made[won.indexOf(true)]])
    },
  ],
  [
    'an alert grows from the version before only: where somebody else has changed it, the whole batch changes nothing',
    async (storage) => {
      const { alerts, events } = storage
      await alerts.begin(0)
      const alert = sampleAlert()
      await alerts.apply(batch(0, 1, { alerts: [alert] }))
      const next = grown(alert, { severity: 'high' })
      assert.equal(await alerts.apply(batch(1, 2, { alerts: [next] })), true)
      assert.deepEqual(await alerts.find(alert.id), next)
      const late = {
        alerts: [sampleAlert({ userId: 'bob' }), grown(alert, { severity: 'low' })],
        histories: [sampleHistory('ada')],
        events: [alertEvent()],
      }
      assert.equal(await alerts.apply(batch(2, 3, late)), false)
      assert.equal(await alerts.position(), 2)
      assert.deepEqual(await allAlerts(storage), [next])
      assert.deepEqual(await alerts.histories(['ada']), [])
      assert.equal(await events.latest(), 0)
      const gone = grown(sampleAlert())
      assert.equal(await alerts.apply(batch(2, 3, { alerts: [gone] })), false)
    },
  ],
  [
    'a history takes the place of the one of its user, from a batch or by itself, where there is one, with everything that it says',
    async ({ alerts }) => {
      await alerts.begin(0)
      const odd = sampleHistory('é"\'; --', { lastAt: null, since: null, lastPlace: null, hours: [1, 2] })
      await alerts.apply(batch(0, 1, { histories: [sampleHistory('ada'), odd] }))
      const next = sampleHistory('ada', { version: 2, signIns: 7, lastAt: hoursAfterNoon(1) })
      await alerts.apply(batch(1, 2, { histories: [next] }))
      assert.deepEqual(await alerts.histories(['ada']), [next])
      assert.deepEqual(await alerts.histories([odd.userId]), [odd])
      assert.deepEqual(await alerts.histories([]), [])
      const told = sampleHistory('ada', { version: 3, signIns: 8 })
      assert.equal(await alerts.replaceHistory(told), true)
      assert.equal(await alerts.replaceHistory(sampleHistory('eve')), false)
      assert.equal(await alerts.replaceHistory(sampleHistory('eve', { version: 2 })), false)
      assert.deepEqual(await alerts.histories(['eve', 'ada', 'ada']), [told])
      assert.equal(await alerts.position(), 2)
    },
  ],
  [
    'a history is changed from the version before only: where somebody else has changed it, nothing of the batch is written',
    async ({ alerts }) => {
      await alerts.begin(0)
      await keepHistories(alerts, [sampleHistory('ada'), sampleHistory('bob')])
      const told = sampleHistory('ada', { version: 2, signIns: 5 })
      assert.equal(await alerts.replaceHistory(told), true)
      assert.equal(await alerts.replaceHistory({ ...told, signIns: 6 }), false)
      const bob = sampleHistory('bob', { version: 2, signIns: 5 })
      const late = [told, sampleHistory('ada'), { ...told, version: 4 }, sampleHistory('eve', { version: 2 })]
      for (const history of late) {
        const said = { histories: [bob, history], alerts: [sampleAlert()] }
        assert.equal(await alerts.apply(batch(0, 1, said)), false)
      }
      assert.equal(await alerts.position(), 0)
      assert.deepEqual(await alerts.tally(everyAlert()), [])
      const stored = byUser(await alerts.histories(['ada', 'bob', 'eve']))
      assert.deepEqual(stored, [told, sampleHistory('bob')])
    },
  ],
  [
    'of twenty concurrent changes of one history exactly one is taken',
    async ({ alerts }) => {
      await alerts.begin(0)
      await keepHistories(alerts, [sampleHistory('ada')])
      const changes = Array.from({ length: 20 }, (_, signIns) =>
        sampleHistory('ada', { version: 2, signIns }),
      )
      const won = await Promise.all(
        changes.map((next) =>
          next.signIns % 2 === 0
            ? alerts.replaceHistory(next)
            : alerts.apply(batch(0, 0, { histories: [next] })),
        ),
      )
      assert.equal(won.filter(Boolean).length, 1)
      assert.deepEqual(await alerts.histories(['ada']), [changes[won.indexOf(true)]])
    },
  ],
  [
    'what is unresolved is found by detector, user and subject, those about nobody by null',
    async ({ alerts }) => {
      const [open, again] = [sampleAlert(), sampleAlert()]
      const seen = sampleAlert({ state: 'acknowledged', subject: 'country:SE' })
      const nobodys = sampleAlert({ userId: null, subject: 'source:x' })
      const others = [
        sampleAlert({ state: 'resolved' }),
        sampleAlert({ state: 'false-alarm' }),
        sampleAlert({ userId: 'bob' }),
        sampleAlert({ userId: null }),
        sampleAlert({ detector: 'new-device' }),
        sampleAlert({ subject: 'country:DK' }),
      ]
      for (const alert of [open, again, seen, nobodys, ...others]) await alerts.add(alert, [])
      const found = await alerts.unresolved([
        { detector: 'new-country', userId: 'ada', subject: 'country:NO' },
        { detector: 'new-country', userId: 'ada', subject: 'country:SE' },
        { detector: 'new-country', userId: null, subject: 'source:x' },
        { detector: 'new-country', userId: '', subject: 'country:NO' },
        { detector: 'x', userId: 'ada', subject: 'country:NO' },
      ])
      const ids = [open, again, seen, nobodys].map(({ id }) => id).sort()
      assert.deepEqual(found.map(({ id }) => id).sort(), ids)
      assert.deepEqual(
        found.find(({ id }) => id === seen.id),
        seen,
      )
      assert.deepEqual(await alerts.unresolved([]), [])
    },
  ],
  [
    'alerts whose response has not happened yet are found oldest first, at most so many',
    async ({ alerts }) => {
      const waiting = [3, 1, 2].map((hour) =>
        sampleAlert({ firstAt: hoursAfterNoon(hour), response: 'notify' }),
      )
      const done = sampleAlert({ response: 'end-session', respondedAt: hoursAfterNoon(1) })
      for (const alert of [...waiting, done, sampleAlert()]) await alerts.add(alert, [])
      const [third, first, second] = waiting
      assert.deepEqual(await alerts.unanswered(10), [first, second, third])
      assert.deepEqual(await alerts.unanswered(2), [first, second])
      assert.ok(first)
      await alerts.replace({ ...first, version: 2, respondedAt: hoursAfterNoon(4) }, [])
      assert.deepEqual(await alerts.unanswered(10), [second, third])
    },
  ],
]
