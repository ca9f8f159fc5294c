import assert from 'node:assert/strict'
import { after, instantOf, minutes } from 'latchkey'
import type { AttemptStore } from '../accounts/attempt-store.ts'

export interface AttemptStoreCase {
  readonly name: string
  check(stores: readonly [AttemptStore, AttemptStore]): Promise<void>
}

const noon = instantOf(Date.parse('2026-06-01T12:00:00Z'))
const later = after(noon, minutes(15))
const window = { now: noon, expiresAt: later }

/** What the comments of `AttemptStore` promise; every store passes all of it on its real engine. */
export const attemptStoreContract: readonly AttemptStoreCase[] = [
  {
    name: 'of a hundred attempts at once on two connections none is lost',
    async check(stores) {
      const adding = Array.from({ length: 100 }, (_, index) =>
        stores[index % 2 === 0 ? 0 : 1].add('a:1', 1, window),
      )
      const counts = (await Promise.all(adding)).map(({ points }) => points)
      assert.deepEqual(
        counts.toSorted((one, another) => one - another),
        Array.from({ length: 100 }, (_, index) => index + 1),
      )
      assert.deepEqual(await stores[1].find('a:1', noon), { points: 100, expiresAt: later })
    },
  },
  {
    name: 'a while that is under way keeps its end, and a new one begins at that very instant',
    async check([one, another]) {
      await one.add('a:1', 5, window)
      const soon = { now: after(noon, minutes(14)), expiresAt: after(noon, minutes(29)) }
      assert.deepEqual(await another.add('a:1', 1, soon), { points: 6, expiresAt: later })
      assert.equal(await another.find('a:1', later), null)
      const next = { now: later, expiresAt: after(later, minutes(15)) }
      assert.deepEqual(await one.add('a:1', 1, next), { points: 1, expiresAt: next.expiresAt })
    },
  },
  {
    name: 'what is taken back never leaves less than nothing, also where there was nothing',
    async check([one, another]) {
      await one.add('a:1', 1, window)
      assert.equal((await another.add('a:1', -3, window)).points, 0)
      assert.equal((await one.add('a:2', -1, window)).points, 0)
      assert.equal((await one.add('a:1', -1, { now: later, expiresAt: later })).points, 0)
    },
  },
  {
    name: 'keys are counted apart, and forgotten one by one',
    async check([one, another]) {
      await one.add('a:1', 2, window)
      await one.add('a:2', 3, window)
      assert.equal(await another.remove('a:1'), true)
      assert.equal(await one.remove('a:1'), false)
      assert.equal(await one.find('a:1', noon), null)
      assert.equal((await one.find('a:2', noon))?.points, 3)
    },
  },
  {
    name: 'cleanup forgets what is over, at most as many as it is told, and nothing else',
    async check([one, another]) {
      for (const key of ['a:1', 'a:2', 'a:3']) await one.add(key, 1, window)
      await one.add('b:1', 1, { now: noon, expiresAt: after(later, minutes(1)) })
      assert.equal(await another.cleanup(noon, 10), 0)
      assert.equal(await another.cleanup(later, 2), 2)
      assert.equal(await another.cleanup(later, 10), 1)
      assert.equal((await one.find('b:1', later))?.points, 1)
    },
  },
]
