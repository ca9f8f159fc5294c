import assert from 'node:assert/strict'
import { type Instant, instantOf, type NewSessionEvent } from 'latchkey'
import { plainEvent } from 'latchkey/ports'
import { newAccountId, type StoredAccount } from '../accounts/account.ts'
import type { AccountStore } from '../accounts/account-store.ts'

/** Stores on the same data, empty at first: where several processes can share it, each has connections of its own. */
export type SameData = readonly [AccountStore, AccountStore]

/** The types of the events in the audit log that are about somebody, oldest first, with whom. */
export type ReadEvents = () => Promise<readonly (readonly [type: string, userId: string | null])[]>

export interface AccountStoreCase {
  readonly name: string
  check(stores: SameData, events: ReadEvents): Promise<void>
}

const noon = instantOf(Date.parse('2026-06-01T12:00:00Z'))
const tomorrow = instantOf(noon + 86_400_000)

function account(email: string, changes: Partial<StoredAccount> = {}): StoredAccount {
  return { id: newAccountId(), email, role: 'user', passwordHash: 'hash', createdAt: noon, ...changes }
}

function eventOf({ id }: StoredAccount): NewSessionEvent {
  return plainEvent({ type: 'account.created', at: noon, actor: 'system', userId: id })
}

function changedEvent(userId: string): NewSessionEvent {
  return plainEvent({ type: 'account.password-changed', at: noon, actor: 'system', userId })
}

function administrator(email: string): StoredAccount {
  return account(email, { role: 'admin' })
}

const insert = (store: AccountStore, added: StoredAccount) => store.insert(added, eventOf(added))
const insertFirst = (store: AccountStore, added: StoredAccount) =>
  store.insertFirstAdministrator(added, eventOf(added))
const replace = (store: AccountStore, { id }: StoredAccount, before: string, passwordHash: string) =>
  store.replacePasswordHash({ id, before, passwordHash }, changedEvent(id))
const claim = (store: AccountStore, byte: number, added: StoredAccount, now: Instant = noon) =>
  store.claimSetupLink(link(byte).tokenHash, added, now, eventOf(added))

function link(byte: number, expiresAt: Instant = tomorrow): { tokenHash: Uint8Array; expiresAt: Instant } {
  return { tokenHash: new Uint8Array(32).fill(byte), expiresAt }
}

/** What the comments of `AccountStore` promise; every store passes all of it on its real engine. */
export const accountStoreContract: readonly AccountStoreCase[] = [
  {
    name: 'an account is found as it was given, by id and by address, by whoever shares the data',
    async check([one, another]) {
      const ann = administrator('ann@example.com')
      assert.equal(await insert(one, ann), true)
      assert.deepEqual(await another.find(ann.id), ann)
      assert.deepEqual(await another.findByEmail('ann@example.com'), ann)
      assert.equal(await another.findByEmail('ANN@example.com'), null)
      assert.equal(await another.find('usr_nobody'), null)
    },
  },
  {
    name: 'of twenty who take one address at once exactly one gets it',
    async check(stores) {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          insert(stores[index % 2 ? 1 : 0], account('ann@example.com')),
        ),
      )
      assert.equal(outcomes.filter(Boolean).length, 1)
      assert.equal((await stores[0].list(10)).length, 1)
    },
  },
  {
    name: 'accounts are listed oldest first, as many as were asked for',
    async check([one]) {
      for (const [index, email] of ['c@example.com', 'a@example.com', 'b@example.com'].entries()) {
        await insert(one, account(email, { createdAt: instantOf(noon + index) }))
      }
      const emails = async (limit: number) => (await one.list(limit)).map(({ email }) => email)
      assert.deepEqual(await emails(10), ['c@example.com', 'a@example.com', 'b@example.com'])
      assert.deepEqual(await emails(2), ['c@example.com', 'a@example.com'])
    },
  },
  {
    name: 'a part of an address finds accounts, and no character of it means anything else',
    async check([one]) {
      const people = ['ann', 'anna', 'bob%', 'bo_b'].map((name) => account(`${name}@example.com`))
      for (const person of people) await insert(one, person)
      const found = async (text: string) =>
        [...(await one.emailsOf(await one.searchIds(text, 10))).values()].sort()
      assert.deepEqual(await found('ann'), ['ann@example.com', 'anna@example.com'])
      assert.deepEqual(await found('%'), ['bob%@example.com'])
      assert.deepEqual(await found('o_'), ['bo_b@example.com'])
      assert.equal((await one.searchIds('example', 3)).length, 3)
    },
  },
  {
    name: 'what no address or id can hold finds nobody, and is no failure',
    async check([one]) {
      const ann = account('ann@example.com')
      await insert(one, ann)
      for (const text of ['\0', 'ann\0', '\ud800', "'; DROP TABLE accounts; --", 'a'.repeat(100_000)]) {
        assert.equal(await one.find(text), null)
        assert.equal(await one.findByEmail(text), null)
        assert.deepEqual(await one.searchIds(text, 10), [])
        assert.deepEqual(await one.emailsOf([text, ann.id]), new Map([[ann.id, ann.email]]))
      }
      assert.deepEqual(await one.emailsOf([]), new Map())
    },
  },
  {
    name: 'a link is open for its own token until its deadline, and a later one takes its place',
    async check([one, another]) {
      assert.equal(await one.isSetupLinkOpen(null, noon), false)
      assert.equal(await one.replaceSetupLink(link(1)), true)
      assert.equal(await another.isSetupLinkOpen(link(1).tokenHash, noon), true)
      assert.equal(await another.isSetupLinkOpen(null, noon), true)
      assert.equal(await another.isSetupLinkOpen(link(2).tokenHash, noon), false)
      assert.equal(await another.isSetupLinkOpen(link(1).tokenHash, tomorrow), false)
      assert.equal(await another.replaceSetupLink(link(2)), true)
      assert.equal(await one.isSetupLinkOpen(link(1).tokenHash, noon), false)
      assert.equal(await one.isSetupLinkOpen(link(2).tokenHash, noon), true)
    },
  },
  {
    name: 'of twenty who claim one link at once exactly one is made administrator',
    async check(stores) {
      await stores[0].replaceSetupLink(link(1))
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          claim(stores[index % 2 ? 1 : 0], 1, administrator(`root${index}@example.com`)),
        ),
      )
      assert.deepEqual(outcomes.toSorted(), ['created', ...Array(19).fill('unavailable')])
      assert.equal((await stores[0].list(30)).length, 1)
      assert.equal(await stores[1].isSetupLinkOpen(null, noon), false)
    },
  },
  {
    name: 'a claim that changes nothing leaves the link as it is',
    async check([one]) {
      await insert(one, account('ann@example.com'))
      await one.replaceSetupLink(link(1))
      const claimBy = (byte: number, email: string, now: Instant) =>
        claim(one, byte, administrator(email), now)
      assert.equal(await claimBy(2, 'root@example.com', noon), 'unavailable')
      assert.equal(await claimBy(1, 'root@example.com', tomorrow), 'unavailable')
      assert.equal(await claimBy(1, 'ann@example.com', noon), 'email-taken')
      assert.equal(await one.hasAdministrator(), false)
      assert.equal(await claimBy(1, 'root@example.com', noon), 'created')
      assert.equal(await one.hasAdministrator(), true)
    },
  },
  {
    name: 'of many ways to a first administrator at once only one leads there',
    async check([one, another]) {
      await one.replaceSetupLink(link(1))
      const outcomes = await Promise.all([
        claim(one, 1, administrator('a@example.com')),
        insertFirst(another, administrator('b@example.com')),
        insertFirst(one, administrator('c@example.com')),
        claim(another, 1, administrator('d@example.com')),
      ])
      assert.equal(outcomes.filter((outcome) => outcome === 'created').length, 1)
      assert.equal((await one.list(10)).length, 1)
    },
  },
  {
    name: 'where there is an administrator no link is open, none is made, and none is left',
    async check([one, another]) {
      await one.replaceSetupLink(link(1))
      await insert(another, administrator('root@example.com'))
      assert.equal(await one.isSetupLinkOpen(link(1).tokenHash, noon), false)
      assert.equal(await claim(one, 1, administrator('b@example.com')), 'unavailable')
      assert.equal(await insertFirst(one, administrator('b@example.com')), 'exists')
      assert.equal(await one.replaceSetupLink(link(2)), false)
      assert.equal(await one.isSetupLinkOpen(null, noon), false)
    },
  },
  {
    name: 'a configured administrator closes the link, and is refused an address that is taken',
    async check([one]) {
      await insert(one, account('ann@example.com'))
      await one.replaceSetupLink(link(1))
      assert.equal(await insertFirst(one, administrator('ann@example.com')), 'email-taken')
      assert.equal(await one.isSetupLinkOpen(null, noon), true)
      assert.equal(await insertFirst(one, administrator('root@example.com')), 'created')
      assert.equal(await one.isSetupLinkOpen(null, noon), false)
    },
  },
  {
    name: 'each account that is added, in whichever way, has one event, and what was refused has none',
    async check([one, another], events) {
      const [ann, root] = [account('ann@example.com'), administrator('root@example.com')]
      await insert(one, ann)
      await insert(another, account('ann@example.com'))
      await one.replaceSetupLink(link(1))
      await claim(another, 2, administrator('other@example.com'))
      await claim(another, 1, administrator('ann@example.com'))
      await claim(one, 1, root)
      await claim(one, 1, administrator('late@example.com'))
      await insertFirst(another, administrator('later@example.com'))
      assert.deepEqual(await events(), [
        ['account.created', ann.id],
        ['account.created', root.id],
      ])
    },
  },
  {
    name: 'a password is replaced only where it is the one that was looked at, and only that has an event',
    async check([one, another], events) {
      const [ann, bob] = [account('ann@example.com'), account('bob@example.com')]
      await insert(one, ann)
      await insert(one, bob)
      assert.equal(await replace(another, ann, 'hash', 'second'), true)
      assert.deepEqual(await one.find(ann.id), { ...ann, passwordHash: 'second' })
      assert.deepEqual(await one.find(bob.id), bob)
      assert.equal(await replace(one, ann, 'hash', 'third'), false)
      for (const nobody of ['usr_nobody', '\0'])
        assert.equal(await replace(one, { ...ann, id: nobody }, 'second', 'third'), false)
      assert.equal((await another.findByEmail(ann.email))?.passwordHash, 'second')
      assert.deepEqual(await events(), [
        ['account.created', ann.id],
        ['account.created', bob.id],
        ['account.password-changed', ann.id],
      ])
    },
  },
  {
    name: 'of twenty who replace one password at once exactly one comes through, with one event',
    async check(stores, events) {
      const ann = account('ann@example.com')
      await insert(stores[0], ann)
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          replace(stores[index % 2 ? 1 : 0], ann, 'hash', `hash ${index}`),
        ),
      )
      assert.equal(outcomes.filter(Boolean).length, 1)
      assert.equal((await stores[1].find(ann.id))?.passwordHash, `hash ${outcomes.indexOf(true)}`)
      assert.equal((await events()).length, 2)
    },
  },
]
