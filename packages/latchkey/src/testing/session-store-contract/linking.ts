import assert from 'node:assert/strict'
import type { Storage } from '../../ports/storage.ts'
import { hoursAfterNoon, linkTo } from './sample-session.ts'

type StorageCase = readonly [name: string, run: (storage: Storage) => Promise<void>]

export const linking: readonly StorageCase[] = [
  [
    'a link is added behind the newest one only, and found with everything that it says',
    async ({ auditLinks }) => {
      assert.equal(await auditLinks.latest(), null)
      assert.deepEqual(await auditLinks.read(0, 10), [])
      const [one, two, three] = [
        { ...linkTo(3), first: 1, count: 2 },
        { ...linkTo(900), first: 4, count: 1_000 },
        linkTo(901, hoursAfterNoon(1)),
      ]
      assert.equal(await auditLinks.append(one, 3), false)
      assert.equal(await auditLinks.append(one, null), true)
      assert.equal(await auditLinks.append(two, null), false)
      assert.equal(await auditLinks.append(two, 2), false)
      assert.deepEqual(await auditLinks.latest(), one)
      assert.equal(await auditLinks.append(two, 3), true)
      assert.equal(await auditLinks.append(three, 900), true)
      assert.deepEqual(await auditLinks.latest(), three)
      assert.deepEqual(await auditLinks.read(0, 10), [one, two, three])
      assert.deepEqual(await auditLinks.read(0, 2), [one, two])
      assert.deepEqual(await auditLinks.read(3, 10), [two, three])
      assert.deepEqual(await auditLinks.read(901, 10), [])
    },
  ],
  [
    'of twenty concurrent links behind one exactly one is added',
    async ({ auditLinks }) => {
      for (const after of [null, 1]) {
        const won = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            auditLinks.append({ ...linkTo((after ?? 0) + 1), count: index + 1 }, after),
          ),
        )
        assert.equal(won.filter(Boolean).length, 1)
        assert.equal((await auditLinks.latest())?.count, won.indexOf(true) + 1)
      }
      assert.equal((await auditLinks.read(0, 100)).length, 2)
    },
  ],
  [
    'the newest link before an instant is found, the newest of all left out, and those before it are forgotten',
    async ({ auditLinks }) => {
      assert.equal(await auditLinks.latestBefore(hoursAfterNoon(9)), null)
      const links = [1, 2, 3, 4].map((count) => linkTo(count * 10, hoursAfterNoon(count)))
      for (const [index, link] of links.entries()) {
        await auditLinks.append(link, links[index - 1]?.last ?? null)
        if (index === 0) assert.equal(await auditLinks.latestBefore(hoursAfterNoon(9)), null)
      }
      assert.equal(await auditLinks.latestBefore(hoursAfterNoon(1)), null)
      assert.deepEqual(await auditLinks.latestBefore(hoursAfterNoon(2)), links[0])
      assert.deepEqual(await auditLinks.latestBefore(hoursAfterNoon(9)), links[2])
      await auditLinks.forgetBefore(30)
      assert.deepEqual(await auditLinks.read(0, 10), links.slice(2))
      await auditLinks.forgetBefore(30)
      assert.deepEqual(await auditLinks.read(0, 10), links.slice(2))
    },
  ],
]
