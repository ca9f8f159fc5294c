import assert from 'node:assert/strict'
import { instantOf } from 'latchkey'
import { plainEvent } from 'latchkey/ports'
import type { AccountStore } from '../accounts/account-store.ts'
import type { SavedFilter, SavedFilterStore } from '../accounts/saved-filter-store.ts'

export interface SavedFilterStoreCase {
  readonly name: string
  /** On the same data, which is empty at first. */
  check(
    stores: readonly [SavedFilterStore, SavedFilterStore],
    accounts: Pick<AccountStore, 'insert'>,
  ): Promise<void>
}

const noon = instantOf(Date.parse('2026-06-01T12:00:00Z'))

function saved(name: string, filter = 'country:NO'): SavedFilter {
  return { name, filter, createdAt: noon }
}

async function addAccount(accounts: Pick<AccountStore, 'insert'>, id: string): Promise<string> {
  const event = plainEvent({ type: 'account.created', at: noon, actor: 'system', userId: id })
  const account = {
    id,
    email: `${id}@example.com`,
    role: 'admin',
    passwordHash: 'x',
    createdAt: noon,
  } as const
  await accounts.insert(account, event)
  return id
}

/** What the comments of `SavedFilterStore` promise. */
export const savedFilterStoreContract: readonly SavedFilterStoreCase[] = [
  {
    name: 'filters are those of their account, by name, as they were written',
    async check([one, another], accounts) {
      const ann = await addAccount(accounts, 'ann')
      const bob = await addAccount(accounts, 'bob')
      const odd = saved('Ünï "x"', 'browser:"a\\"b" 🗝')
      assert.equal(await one.put(ann, saved('b'), 10), true)
      assert.equal(await one.put(ann, odd, 10), true)
      assert.equal(await one.put(ann, saved('a'), 10), true)
      assert.equal(await one.put(bob, saved('a', 'state:live'), 10), true)
      assert.deepEqual(await another.list(ann), [saved('a'), saved('b'), odd])
      assert.deepEqual(await another.list(bob), [saved('a', 'state:live')])
      assert.deepEqual(await another.list('nobody'), [])
    },
  },
  {
    name: 'one of a name that is there takes its place, also where there is room for no other',
    async check([one, another], accounts) {
      const ann = await addAccount(accounts, 'ann')
      assert.equal(await one.put(ann, saved('a'), 1), true)
      assert.equal(await another.put(ann, saved('b'), 1), false)
      assert.equal(await another.put(ann, saved('a', 'state:live'), 1), true)
      assert.deepEqual(await one.list(ann), [saved('a', 'state:live')])
    },
  },
  {
    name: 'of ten that are put at once no more stay than there is room for',
    async check(stores, accounts) {
      const ann = await addAccount(accounts, 'ann')
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => stores[index % 2 ? 1 : 0].put(ann, saved(`f${index}`), 3)),
      )
      assert.equal(outcomes.filter(Boolean).length, 3)
      assert.equal((await stores[0].list(ann)).length, 3)
    },
  },
  {
    name: 'one that is removed is gone, and one that is none is no failure',
    async check([one, another], accounts) {
      const ann = await addAccount(accounts, 'ann')
      await one.put(ann, saved('a'), 10)
      assert.equal(await another.remove(ann, 'A'), false)
      assert.equal(await another.remove('bob', 'a'), false)
      assert.equal(await another.remove(ann, 'a'), true)
      assert.equal(await one.remove(ann, 'a'), false)
      assert.deepEqual(await one.list(ann), [])
    },
  },
]
