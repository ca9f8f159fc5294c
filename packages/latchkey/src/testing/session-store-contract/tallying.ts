import assert from 'node:assert/strict'
import { hours, instantOf } from '../../foundation/time.ts'
import { unknownPlace } from '../../model/place.ts'
import type { EndReason, SessionRecord } from '../../model/session.ts'
import type { SessionFilter } from '../../model/session-filter.ts'
import type { Tally } from '../../ports/session-statistics.ts'
import type { Storage } from '../../ports/storage.ts'
import { hoursAfterNoon, noon, oslo, plainly, queryAt, sampleSession } from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

const midnight = hoursAfterNoon(-12)

async function insertOne(
  { sessions }: Storage,
  userId: string,
  hour: number,
  changes: Partial<SessionRecord> = {},
  ending: { readonly hour: number; readonly reason: EndReason } | null = null,
): Promise<void> {
  const record = sampleSession(userId, { createdAt: hoursAfterNoon(hour), ...changes })
  await sessions.insert(record, plainly)
  if (ending === null) return
  const how = { at: hoursAfterNoon(ending.hour), reason: ending.reason, by: 'system', request: null } as const
  await sessions.invalidate({ kind: 'session', id: record.id, userId: null }, how)
}

/** Two days, three users. */
async function fill(storage: Storage): Promise<void> {
  const swedish = { ...unknownPlace, country: 'SE' }
  await insertOne(storage, 'ada', -13, { place: oslo }, { hour: 1, reason: 'logout' })
  await insertOne(storage, 'ada', 0, { place: oslo, amr: ['pwd', 'otp'] })
  await insertOne(storage, 'ada', 0.5, { amr: ['otp', 'pwd'] }, { hour: 2, reason: 'revoked' })
  await insertOne(storage, 'bob', 1, { place: swedish, amr: [] }, { hour: 2.5, reason: 'expired' })
  const used = { lastAccessedAt: hoursAfterNoon(2.5) }
  await insertOne(storage, 'eve', 1.25, { place: oslo, ...used }, { hour: 9, reason: 'idle-timeout' })
}

type Row = readonly [start: number, value: string, count: number]

async function expectTally(
  { statistics }: Storage,
  asked: Partial<Tally>,
  rows: readonly Row[],
  filter: Partial<SessionFilter> = {},
): Promise<void> {
  const tally: Tally = {
    measure: 'created',
    interval: null,
    from: null,
    until: null,
    by: null,
    bounds: [],
    ...asked,
  }
  const found = await statistics.tally(queryAt(noon, filter), tally)
  assert.deepEqual(
    found,
    rows.map(([start, value, count]) => ({
      interval: tally.interval ?? 'day',
      start: instantOf(start),
      measure: tally.measure,
      dimension: tally.by ?? 'all',
      value,
      count,
      sum: 0,
    })),
  )
}

export const tallying: readonly StorageCase[] = [
  [
    'sessions are counted by when they were created, in all, by hour and by day',
    async (storage) => {
      await expectTally(storage, {}, [])
      await fill(storage)
      await expectTally(storage, {}, [[0, '', 5]])
      const byHour: Row[] = [
        [hoursAfterNoon(-13), '', 1],
        [noon, '', 2],
        [hoursAfterNoon(1), '', 2],
      ]
      await expectTally(storage, { interval: 'hour' }, byHour)
      await expectTally(storage, { interval: 'day' }, [
        [hoursAfterNoon(-36), '', 1],
        [midnight, '', 4],
      ])
      await expectTally(storage, { from: noon, until: hoursAfterNoon(1) }, [[0, '', 2]])
      await expectTally(storage, { from: hoursAfterNoon(1), interval: 'hour' }, byHour.slice(2))
      await expectTally(storage, { until: noon }, [[0, '', 1]])
      await expectTally(storage, { from: hoursAfterNoon(5) }, [])
    },
  ],
  [
    'sessions that have ended are counted by when that was, and by why',
    async (storage) => {
      await fill(storage)
      await expectTally(storage, { measure: 'ended' }, [[0, '', 4]])
      await expectTally(storage, { measure: 'ended', from: hoursAfterNoon(2), until: hoursAfterNoon(9) }, [
        [0, '', 2],
      ])
      await expectTally(storage, { measure: 'ended', by: 'reason' }, [
        [0, 'expired', 1],
        [0, 'idle-timeout', 1],
        [0, 'logout', 1],
        [0, 'revoked', 1],
      ])
      const byHour = { measure: 'ended', interval: 'hour', by: 'country' } as const
      await expectTally(storage, byHour, [
        [hoursAfterNoon(1), 'NO', 1],
        [hoursAfterNoon(2), 'SE', 1],
        [hoursAfterNoon(2), 'unknown', 1],
        [hoursAfterNoon(9), 'NO', 1],
      ])
    },
  ],
  [
    'sessions are counted by each facet and by the factors of the sign-in',
    async (storage) => {
      await fill(storage)
      await expectTally(storage, { by: 'browser' }, [[0, 'Firefox', 5]])
      await expectTally(storage, { by: 'os' }, [[0, 'Linux', 5]])
      await expectTally(storage, { by: 'device_type' }, [[0, 'desktop', 5]])
      await expectTally(storage, { by: 'country' }, [
        [0, 'NO', 3],
        [0, 'SE', 1],
        [0, 'unknown', 1],
      ])
      await expectTally(storage, { by: 'network' }, [
        [0, '64496', 3],
        [0, 'unknown', 2],
      ])
      await expectTally(storage, { by: 'method' }, [
        [0, 'otp+pwd', 2],
        [0, 'pwd', 2],
        [0, 'unknown', 1],
      ])
    },
  ],
  [
    'users are counted once in each bucket and value',
    async (storage) => {
      await fill(storage)
      await expectTally(storage, { measure: 'distinct-users' }, [[0, '', 3]])
      await expectTally(storage, { measure: 'distinct-users', interval: 'hour' }, [
        [hoursAfterNoon(-13), '', 1],
        [noon, '', 1],
        [hoursAfterNoon(1), '', 2],
      ])
      await expectTally(storage, { measure: 'distinct-users', by: 'country' }, [
        [0, 'NO', 2],
        [0, 'SE', 1],
        [0, 'unknown', 1],
      ])
    },
  ],
  [
    'only sessions of the query are counted, of one user as of everybody',
    async (storage) => {
      await fill(storage)
      await expectTally(
        storage,
        { by: 'country' },
        [
          [0, 'NO', 2],
          [0, 'unknown', 1],
        ],
        { userId: 'ada' },
      )
      const inNorway = { facets: [{ facet: 'country', is: 'one-of', values: ['NO'] }] } as const
      await expectTally(storage, {}, [[0, '', 3]], inNorway)
      await expectTally(storage, {}, [[0, '', 1]], { ...inNorway, state: 'live' })
      await expectTally(storage, {}, [[0, '', 2]], { created: { from: hoursAfterNoon(1), until: null } })
      await expectTally(storage, {}, [], { userId: 'nobody' })
    },
  ],
  [
    'durations are counted by the first bound that they do not pass, with their sum',
    async (storage) => {
      await fill(storage)
      const bounds = [0, hours(1.25), hours(1.5)]
      const asked = { interval: null, from: null, until: null, by: null } as const
      const found = await storage.statistics.tally(queryAt(noon), { ...asked, measure: 'duration', bounds })
      const common = { interval: 'day', start: 0, measure: 'duration', dimension: 'duration' }
      assert.deepEqual(found, [
        { ...common, value: '0', count: 1, sum: 0 },
        { ...common, value: '1', count: 1, sum: hours(1.25) },
        { ...common, value: '2', count: 1, sum: hours(1.5) },
        { ...common, value: '3', count: 1, sum: hours(14) },
      ])
      const later = { ...asked, interval: 'hour', from: hoursAfterNoon(2), until: hoursAfterNoon(9) } as const
      const some = await storage.statistics.tally(queryAt(noon), { ...later, measure: 'duration', bounds })
      assert.deepEqual(
        some.map(({ start, value, sum }) => [start, value, sum]),
        [
          [hoursAfterNoon(2), '0', 0],
          [hoursAfterNoon(2), '2', hours(1.5)],
        ],
      )
    },
  ],
  [
    'what retention would take is counted up to a limit and stays',
    async (storage) => {
      await fill(storage)
      const { statistics, events } = storage
      assert.equal(await statistics.countEndedBefore(hoursAfterNoon(9), 10), 3)
      assert.equal(await statistics.countEndedBefore(hoursAfterNoon(9), 2), 2)
      assert.equal(await statistics.countEndedBefore(hoursAfterNoon(1), 10), 0)
      const latest = await events.latest()
      assert.equal(await events.countUpTo(latest, 100), 9)
      assert.equal(await events.countUpTo(latest, 4), 4)
      const second = (await events.read(0, 2)).at(-1)?.position ?? 0
      assert.equal(await events.countUpTo(second, 100), 2)
      assert.equal(await events.countUpTo(0, 100), 0)
      assert.equal((await statistics.totals()).created, 5)
    },
  ],
]
