import assert from 'node:assert/strict'
import { type Instant, instantOf } from '../../foundation/time.ts'
import type { Rollup, RollupMember } from '../../model/rollup.ts'
import type { RollupBatch, RollupQuery, RollupStore } from '../../ports/rollup-store.ts'
import type { Storage } from '../../ports/storage.ts'
import { hoursAfterNoon, noon } from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

function rollup(changes: Partial<Rollup> = {}): Rollup {
  const bucket = { interval: 'hour', start: noon } as const
  return { ...bucket, measure: 'created', dimension: 'all', value: '', count: 1, sum: 0, ...changes }
}

function member(name: string, changes: Partial<RollupMember> = {}): RollupMember {
  return { interval: 'hour', start: noon, measure: 'distinct-users', member: name, ...changes }
}

function batch(after: number, upTo: number, changes: Partial<RollupBatch> = {}): RollupBatch {
  return { after, upTo, since: noon, rollups: [], members: [], ...changes }
}

function asked(changes: Partial<RollupQuery> = {}): RollupQuery {
  const [from, until] = [instantOf(0), hoursAfterNoon(24 * 365)]
  return { interval: 'hour', from, until, measures: [], dimensions: [], ...changes }
}

/** All that there is, shortly. */
async function shown(rollups: RollupStore, interval: 'hour' | 'day' = 'hour'): Promise<readonly unknown[]> {
  const found = await rollups.read(asked({ interval }))
  return found.map(({ start, measure, value, count }) => [start, measure, value, count])
}

const midnight: Instant = hoursAfterNoon(-12)

export const rollingUp: readonly StorageCase[] = [
  [
    'rollups begin at position 0, and a batch moves the position and keeps the instant of the first',
    async ({ rollups }) => {
      assert.deepEqual(await rollups.position(), { position: 0, since: null })
      assert.deepEqual(await rollups.read(asked()), [])
      const none = { upTo: 0, since: noon, rollups: [], members: [] }
      assert.equal(await rollups.replace(noon, { ...none, upTo: 1 }), false)
      assert.equal(await rollups.replace(noon, none), true)
      assert.equal(await rollups.apply(batch(0, 7, { since: hoursAfterNoon(-2) })), true)
      assert.deepEqual(await rollups.position(), { position: 7, since: hoursAfterNoon(-2) })
      assert.equal(await rollups.apply(batch(7, 9, { since: hoursAfterNoon(-1) })), true)
      assert.deepEqual(await rollups.position(), { position: 9, since: hoursAfterNoon(-2) })
    },
  ],
  [
    'a batch that does not begin where the last one ended changes nothing',
    async ({ rollups }) => {
      const said = { rollups: [rollup()], members: [member('a')] }
      assert.equal(await rollups.apply(batch(3, 7, said)), false)
      assert.deepEqual(await rollups.position(), { position: 0, since: null })
      assert.equal(await rollups.apply(batch(0, 7, said)), true)
      const before = await rollups.read(asked())
      for (const after of [0, 6, 8]) assert.equal(await rollups.apply(batch(after, 20, said)), false)
      assert.deepEqual(await rollups.read(asked()), before)
      assert.deepEqual(await rollups.position(), { position: 7, since: noon })
    },
  ],
  [
    'of twenty concurrent batches from one position exactly one is taken',
    async ({ rollups }) => {
      const batches = Array.from({ length: 20 }, (_, index) =>
        batch(0, 7, { rollups: [rollup({ count: index + 1 })] }),
      )
      const won = await Promise.all(batches.map((one) => rollups.apply(one)))
      assert.equal(won.filter(Boolean).length, 1)
      assert.deepEqual(await rollups.read(asked()), [rollup({ count: won.indexOf(true) + 1 })])
    },
  ],
  [
    'counts and sums are added to those of the same key, below nothing too, and to no other',
    async ({ rollups }) => {
      const same = rollup({ measure: 'duration', dimension: 'duration', value: '3', count: 2, sum: 9_000 })
      const others = [
        rollup({ ...same, interval: 'day', start: midnight }),
        rollup({ ...same, start: hoursAfterNoon(1) }),
        rollup({ ...same, measure: 'lasted' }),
        rollup({ ...same, value: '4' }),
        rollup({ dimension: 'browser', value: 'é"\'\u{1f511}; --' }),
      ]
      await rollups.apply(batch(0, 1, { rollups: [same, ...others] }))
      await rollups.apply(batch(1, 2, { rollups: [{ ...same, count: 5, sum: 3_000_000_000_000 }] }))
      const found = await rollups.read(asked())
      const [, , , , last] = others
      assert.equal(found.length, 5)
      assert.deepEqual(
        found.find(({ start, measure, value }) => start === noon && measure === 'duration' && value === '3'),
        { ...same, count: 7, sum: 3_000_000_009_000 },
      )
      assert.deepEqual(
        found.find(({ dimension }) => dimension === 'browser'),
        last,
      )
      assert.deepEqual(await rollups.read(asked({ interval: 'day' })), others.slice(0, 1))
    },
  ],
  [
    'a member is counted once in each bucket and measure, whichever batch it came with',
    async ({ rollups }) => {
      const [a, b] = [member('a'), member('b')]
      const elsewhere = [
        member('a', { start: hoursAfterNoon(1) }),
        member('a', { measure: 'distinct-devices' }),
        member('a', { interval: 'day', start: midnight }),
      ]
      await rollups.apply(batch(0, 1, { members: [a, b, ...elsewhere] }))
      await rollups.apply(batch(1, 2, { members: [a, member('c')] }))
      await rollups.apply(batch(2, 3, { members: [a, b, ...elsewhere] }))
      assert.deepEqual(await shown(rollups), [
        [noon, 'distinct-devices', '', 1],
        [noon, 'distinct-users', '', 3],
        [hoursAfterNoon(1), 'distinct-users', '', 1],
      ])
      assert.deepEqual(await shown(rollups, 'day'), [[midnight, 'distinct-users', '', 1]])
      const [first] = await rollups.read(asked({ measures: ['distinct-users'] }))
      assert.deepEqual(first, rollup({ measure: 'distinct-users', count: 3 }))
    },
  ],
  [
    'rollups are read in order, from the first instant on and before the last, of what was asked for',
    async ({ rollups }) => {
      const all = [
        rollup({ start: hoursAfterNoon(-1), measure: 'ended' }),
        rollup({ measure: 'created', dimension: 'all' }),
        rollup({ measure: 'created', dimension: 'browser', value: 'Firefox' }),
        rollup({ measure: 'created', dimension: 'browser', value: 'opera' }),
        rollup({ measure: 'created', dimension: 'browser', value: 'Édge' }),
        rollup({ measure: 'created', dimension: 'country', value: 'NO' }),
        rollup({ measure: 'ended', dimension: 'reason', value: 'logout' }),
        rollup({ measure: 'ended', dimension: 'reason', value: 'revoked' }),
        rollup({ start: hoursAfterNoon(1), measure: 'created' }),
      ]
      await rollups.apply(batch(0, 1, { rollups: [...all].reverse() }))
      assert.deepEqual(await rollups.read(asked()), all)
      assert.deepEqual(await rollups.read(asked({ from: noon, until: hoursAfterNoon(1) })), all.slice(1, 8))
      const some = asked({ measures: ['created', 'verified'], dimensions: ['all', 'country'] })
      assert.deepEqual(await rollups.read(some), [all[1], all[5], all[8]])
      assert.deepEqual(await rollups.read(asked({ dimensions: ['reason'] })), all.slice(6, 8))
      assert.deepEqual(await rollups.read(asked({ measures: ['refused'] })), [])
      assert.deepEqual(await rollups.read(asked({ interval: 'day' })), [])
    },
  ],
  [
    'a replacement takes the place of everything from an instant on, members included, and of nothing before it',
    async ({ rollups }) => {
      const later = hoursAfterNoon(1)
      await rollups.apply(
        batch(0, 9, {
          rollups: [
            rollup({ count: 5 }),
            rollup({ start: later, count: 5 }),
            rollup({ interval: 'day', start: midnight }),
          ],
          members: [member('a'), member('a', { start: later }), member('b', { start: later })],
        }),
      )
      const next = {
        upTo: 9,
        since: hoursAfterNoon(-5),
        rollups: [rollup({ start: later, count: 2, measure: 'ended' })],
        members: [member('b', { start: later }), member('a')],
      }
      for (const upTo of [8, 10]) assert.equal(await rollups.replace(later, { ...next, upTo }), false)
      assert.equal((await rollups.read(asked())).length, 4)
      assert.equal(await rollups.replace(later, next), true)
      const expected = [
        [noon, 'created', '', 5],
        [noon, 'distinct-users', '', 1],
        [later, 'distinct-users', '', 1],
        [later, 'ended', '', 2],
      ]
      assert.deepEqual(await shown(rollups), expected)
      assert.deepEqual(await shown(rollups, 'day'), [[midnight, 'created', '', 1]])
      assert.deepEqual(await rollups.position(), { position: 9, since: hoursAfterNoon(-5) })
      assert.equal(
        await rollups.apply(batch(9, 10, { members: [member('b', { start: later }), member('a')] })),
        true,
      )
      assert.deepEqual(await shown(rollups), expected)
    },
  ],
  [
    'rollups are forgotten by interval and instant, the first ones, at most so many, and are counted before',
    async ({ rollups }) => {
      const hours = [0, 1, 2, 3].map((hour) => rollup({ start: hoursAfterNoon(hour) }))
      await rollups.apply(batch(0, 1, { rollups: [...hours, rollup({ interval: 'day', start: midnight })] }))
      const limit = hoursAfterNoon(3)
      assert.equal(await rollups.countBefore('hour', limit, 10), 3)
      assert.equal(await rollups.countBefore('hour', limit, 2), 2)
      assert.equal(await rollups.countBefore('day', limit, 10), 1)
      assert.equal(await rollups.forget('hour', limit, 2), 2)
      assert.deepEqual(await rollups.read(asked()), hours.slice(2))
      assert.equal(await rollups.forget('hour', limit, 2), 1)
      assert.equal(await rollups.forget('hour', limit, 2), 0)
      assert.deepEqual(await rollups.read(asked()), hours.slice(3))
      assert.equal((await rollups.read(asked({ interval: 'day' }))).length, 1)
    },
  ],
  [
    'members are forgotten before an instant, at most so many, and what they were counted as stays',
    async ({ rollups }) => {
      const members = ['a', 'b', 'c'].map((name) => member(name))
      await rollups.apply(batch(0, 1, { members: [...members, member('a', { start: hoursAfterNoon(1) })] }))
      const before = await shown(rollups)
      assert.equal(await rollups.forgetMembers(hoursAfterNoon(1), 2), 2)
      assert.equal(await rollups.forgetMembers(hoursAfterNoon(1), 2), 1)
      assert.equal(await rollups.forgetMembers(hoursAfterNoon(1), 2), 0)
      assert.deepEqual(await shown(rollups), before)
      await rollups.apply(batch(1, 2, { members: [member('a', { start: hoursAfterNoon(1) })] }))
      assert.deepEqual(await shown(rollups), before)
    },
  ],
]
