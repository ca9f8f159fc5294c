import { join } from 'node:path'
import { LatchkeyError, seconds } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-program.ts'
import { openAccountsDatabase } from './accounts-database.ts'
import { addressGroup } from './address-group.ts'
import type { AttemptStore } from './attempt-store.ts'
import { createSignInThrottle, type SignInThrottle } from './sign-in-throttle.ts'
import { sqliteAttemptStore } from './sqlite-attempt-store.ts'

const secret = new Uint8Array(32).fill(7)
const clock = fakeClock()

beforeEach(() => {
  throttle = throttleOn(sqliteAttemptStore(openAccountsDatabase(':memory:')))
})

let throttle: SignInThrottle

function throttleOn(store: AttemptStore): SignInThrottle {
  return createSignInThrottle({ store, clock, secret })
}

/** Each attempt from an address of its own, so that only the account counts. */
const elsewhere = (index: number) => `198.51.100.${index}`

describe('the throttle', () => {
  it('stops an account after ten failures, for what is left of a quarter of an hour', async () => {
    for (let index = 0; index < 10; index += 1) {
      expect(await throttle.admit({ account: 'ann', ipAddress: elsewhere(index) })).toBeNull()
    }
    clock.advance(seconds(300))
    expect(await throttle.admit({ account: 'ann', ipAddress: elsewhere(10) })).toBe(600)
    expect(await throttle.admit({ account: 'bob', ipAddress: elsewhere(10) })).toBeNull()
    clock.advance(seconds(600))
    expect(await throttle.admit({ account: 'ann', ipAddress: elsewhere(11) })).toBeNull()
  })

  it('counts attempts before they are made, so that many at once are no way around', async () => {
    const attempts = Array.from({ length: 100 }, (_, index) =>
      throttle.admit({ account: 'ann', ipAddress: elsewhere(index) }),
    )
    expect((await Promise.all(attempts)).filter((wait) => wait === null)).toHaveLength(10)
  })

  it('stops an address after fifty failures over many accounts, and leaves those accounts alone', async () => {
    for (let index = 0; index < 50; index += 1) {
      expect(await throttle.admit({ account: `user${index}`, ipAddress: '192.0.2.7' })).toBeNull()
    }
    for (let index = 0; index < 20; index += 1) {
      expect(await throttle.admit({ account: 'ann', ipAddress: '192.0.2.7' })).toBe(900)
    }
    expect(await throttle.admit({ account: 'ann', ipAddress: '192.0.2.8' })).toBeNull()
  })

  it('forgets the failures of an account whose owner got in, and does not count good sign-ins', async () => {
    for (let index = 0; index < 200; index += 1) {
      const attempt = { account: 'ann', ipAddress: '192.0.2.7' }
      expect(await throttle.admit(attempt)).toBeNull()
      await throttle.succeeded(attempt)
    }
  })

  it('allows no account more than a hundred failures a day', async () => {
    let admitted = 0
    for (let window = 0; window < 90; window += 1) {
      for (let index = 0; index < 11; index += 1) {
        if ((await throttle.admit({ account: 'ann', ipAddress: elsewhere(index) })) === null) admitted += 1
      }
      clock.advance(seconds(900))
    }
    expect(admitted).toBe(100)
  })
})

describe('the counts', () => {
  it('survive a restart, and are those of all nodes', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.db')
    const [one, another] = [openAccountsDatabase(path), openAccountsDatabase(path)]
    for (let index = 0; index < 10; index += 1) {
      const node = throttleOn(sqliteAttemptStore(index < 5 ? one : another))
      expect(await node.admit({ account: 'ann', ipAddress: elsewhere(index) })).toBeNull()
    }
    one.close()
    another.close()
    const again = openAccountsDatabase(path)
    expect(await throttleOn(sqliteAttemptStore(again)).admit({ account: 'ann', ipAddress: null })).toBe(900)
    again.close()
  })

  it('hold nothing of an account or an address, and are gone once they are over', async () => {
    const database = openAccountsDatabase(':memory:')
    const counting = throttleOn(sqliteAttemptStore(database))
    await counting.admit({ account: 'ann@example.com', ipAddress: '192.0.2.7' })
    const rows = () => database.read((prepare) => prepare('SELECT * FROM attempt_counts').all())
    expect(rows()).toHaveLength(3)
    expect(JSON.stringify(rows())).not.toMatch(/ann|example|192|2\.7/)
    clock.advance(seconds(86_400))
    await counting.admit({ account: 'bob@example.com', ipAddress: '192.0.2.8' })
    expect(rows()).toHaveLength(3)
  })

  it('let nobody through while they cannot be read or written', async () => {
    const away = new LatchkeyError('storage-unavailable', 'the database is away')
    const store = sqliteAttemptStore(openAccountsDatabase(':memory:'))
    const refuse = async () => {
      throw away
    }
    for (const broken of [
      { find: refuse },
      { add: refuse },
      { find: refuse, add: refuse, cleanup: refuse },
    ]) {
      const attempt = throttleOn({ ...store, ...broken }).admit({ account: 'ann', ipAddress: null })
      await expect(attempt).rejects.toBe(away)
    }
  })

  it('are read and not written for who is stopped already', async () => {
    const store = sqliteAttemptStore(openAccountsDatabase(':memory:'))
    let written = 0
    const counting = throttleOn({
      ...store,
      add: (...given) => {
        written += 1
        return store.add(...given)
      },
    })
    for (let index = 0; index < 60; index += 1) {
      await counting.admit({ account: `user${index}`, ipAddress: '192.0.2.7' })
    }
    expect(written).toBe(150)
  })
})

describe('addresses that count as one', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.8', false],
    ['203.0.113.7', '::ffff:203.0.113.7', true],
    ['2001:db8::1', '2001:db8:0:0:ffff::9', true],
    ['2001:db8::1', '2001:db8:0:1::1', false],
    [null, 'nonsense', true],
  ])('%s and %s: %s', (one, other, same) => {
    expect(addressGroup(one) === addressGroup(other)).toBe(same)
  })
})
