import fc from 'fast-check'
import { alertStates } from '../model/alert.ts'
import { severities } from '../model/finding.ts'
import type { Rollup } from '../model/rollup.ts'
import {
  alertEvent,
  everyAlert,
  sampleAlert,
  sampleHistory,
  sampleMute,
} from '../testing/session-store-contract/sample-alert.ts'
import { hoursAfterNoon, noon } from '../testing/session-store-contract/sample-session.ts'
import { anyDevice, byId, instant, pooled, query, type Step, user } from './random-records.fake.ts'

const position = fc.integer({ min: 0, max: 3 })
const start = fc.constantFrom(noon, hoursAfterNoon(1))

/** No two of one batch have the same key. */
const rollups: fc.Arbitrary<readonly Rollup[]> = fc.uniqueArray(
  fc.record({
    interval: fc.constantFrom('hour' as const, 'day' as const),
    start,
    measure: fc.constantFrom('created' as const, 'ended' as const, 'distinct-users' as const),
    dimension: fc.constantFrom('all' as const, 'browser' as const),
    value: fc.constantFrom('', 'Firefox', 'é'),
    count: fc.integer({ min: -2, max: 9 }),
    sum: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 4, selector: ({ count: _, sum: __, ...key }) => JSON.stringify(key) },
)

const members = fc.uniqueArray(
  fc.record({
    interval: fc.constantFrom('hour' as const, 'day' as const),
    start,
    measure: fc.constantFrom('distinct-users' as const, 'distinct-devices' as const),
    member: fc.constantFrom('a', 'b'),
  }),
  { maxLength: 4, selector: (member) => JSON.stringify(member) },
)

const pool = Array.from({ length: 4 }, () => sampleAlert())

const alert = fc
  .record({
    alert: fc.constantFrom(...pool),
    version: fc.integer({ min: 1, max: 3 }),
    severity: fc.constantFrom(...severities),
    state: fc.constantFrom(...alertStates),
    userId: fc.option(user),
    sessionId: fc.option(pooled.map(({ id }) => id)),
    lastAt: instant,
    assignee: fc.option(user),
    response: fc.option(fc.constant('notify' as const)),
    notes: fc.constantFrom([], [{ at: noon, by: 'admin:bob' as const, text: 'é' }]),
  })
  .map(({ alert, ...said }) => ({ ...alert, ...said }))

const mutes = Array.from({ length: 3 }, () => sampleMute())

export const reportChanges: readonly fc.Arbitrary<Step>[] = [
  fc.record({ after: position, more: position, since: instant, rollups, members }).map(
    ({ after, more, ...said }): Step =>
      (storage) =>
        storage.rollups.apply({ ...said, after, upTo: after + more }),
  ),
  fc.record({ from: start, upTo: position, since: instant, rollups, members }).map(
    ({ from, ...said }): Step =>
      (storage) =>
        storage.rollups.replace(from, said),
  ),
  fc.record({ at: start, limit: fc.integer({ min: 1, max: 2 }) }).map(
    ({ at, limit }): Step =>
      (storage) =>
        storage.rollups.forget('hour', at, limit),
  ),
  start.map(
    (at): Step =>
      (storage) =>
        storage.rollups.forgetMembers(at, 100),
  ),
  fc
    .record({
      after: position,
      more: position,
      alert: fc.option(alert),
      userId: fc.option(user),
      at: instant,
    })
    .map(
      ({ after, more, alert, userId, at }): Step =>
        async ({ alerts }) => {
          await alerts.begin(0)
          return alerts.apply({
            after,
            upTo: after + more,
            examined: [],
            histories: userId === null ? [] : [sampleHistory(userId, { lastAt: at })],
            alerts: alert === null ? [] : [{ ...alert, version: Math.max(2, alert.version) }],
            events: [alertEvent()],
          })
        },
    ),
  alert.map(
    (alert): Step =>
      ({ alerts }) =>
        alerts.add({ ...alert, version: 1 }, []),
  ),
  alert.map(
    (alert): Step =>
      ({ alerts }) =>
        alerts.replace(alert, [alertEvent()]),
  ),
  fc.record({ mute: fc.constantFrom(...mutes), userId: fc.option(user), device: fc.option(anyDevice) }).map(
    ({ mute, userId, device }): Step =>
      async ({ alerts }) => {
        await alerts.removeMute(mute.id, [])
        await alerts.addMute({ ...mute, userId, deviceId: device?.id ?? null, by: 'admin:bob' }, [])
      },
  ),
  instant.map(
    (at): Step =>
      async ({ alerts }) => [await alerts.forget(at, 100), await alerts.forgetHistories(at, 100)],
  ),
]

export const reportQuestions: readonly fc.Arbitrary<Step>[] = [
  fc
    .record({
      userId: fc.option(user),
      states: fc.subarray([...alertStates]),
      severities: fc.subarray([...severities]),
      assignee: fc.option(fc.constantFrom('', 'bob'), { freq: 1 }),
      from: fc.option(instant),
      until: fc.option(instant),
    })
    .map(
      (filter): Step =>
        async ({ alerts }) => [
          await alerts.list(everyAlert(filter), { cursor: null, limit: 2 }),
          (await alerts.tally(everyAlert(filter))).map((tally) => JSON.stringify(tally)).sort(),
        ],
    ),
  fc.record({ query, risk: fc.constantFrom(...severities) }).map(
    ({ query, risk }): Step =>
      ({ sessions }) =>
        sessions.count({ ...query, risk }),
  ),
  fc
    .record({
      query,
      measure: fc.constantFrom('created' as const, 'ended' as const, 'distinct-users' as const),
      interval: fc.constantFrom('hour' as const, 'day' as const, null),
      from: fc.option(instant),
      until: fc.option(instant),
      by: fc.constantFrom(
        'country' as const,
        'network' as const,
        'browser' as const,
        'method' as const,
        null,
      ),
    })
    .map(
      ({ query, ...tally }): Step =>
        ({ statistics }) =>
          statistics.tally(query, { ...tally, bounds: [] }),
    ),
  fc.record({ query, from: fc.option(instant) }).map(
    ({ query, from }): Step =>
      ({ statistics }) =>
        statistics.tally(query, {
          measure: 'duration',
          interval: null,
          from,
          until: null,
          by: null,
          bounds: [0, 3_600_000, 86_400_000],
        }),
  ),
  instant.map(
    (at): Step =>
      async ({ statistics, alerts, rollups }) => [
        await statistics.countEndedBefore(at, 3),
        await alerts.countBefore(at, 3),
        await alerts.countHistoriesBefore(at, 2),
        await rollups.countBefore('hour', at, 3),
        byId(await alerts.unanswered(10)),
      ],
  ),
]
