import { hours, minutes, type NewSessionEvent } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { describe, expect, it } from 'vitest'
import { type Accounts, createAccounts } from './accounts.ts'
import { type AccountsDatabase, openAccountsDatabase } from './accounts-database.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { sqliteAccountStore } from './sqlite-account-store.ts'

const password = 'correct horse battery'

/** Counts what would take the time. */
function countingHasher(): PasswordHasher & { readonly checked: (string | null)[] } {
  const checked: (string | null)[] = []
  return {
    checked,
    hash: async (text) => `hash of ${text}`,
    verify: async (passwordHash, text) => {
      checked.push(passwordHash)
      return passwordHash === `hash of ${text}`
    },
  }
}

function setUpAccounts(disabled = new Set<string>()): {
  accounts: Accounts
  database: AccountsDatabase
  hasher: ReturnType<typeof countingHasher>
  clock: ReturnType<typeof fakeClock>
  events: NewSessionEvent[]
} {
  const clock = fakeClock()
  const hasher = countingHasher()
  const database = openAccountsDatabase(':memory:')
  const events: NewSessionEvent[] = []
  const store = sqliteAccountStore(database, (_prepare, event) => void events.push(event))
  const isDisabled = async (userId: string): Promise<boolean> => disabled.has(userId)
  return { accounts: createAccounts({ store, clock, hasher, isDisabled }), database, hasher, clock, events }
}

describe('accounts', () => {
  it('are found under any spelling of their address, and only once', async () => {
    const { accounts } = setUpAccounts()
    const outcome = await accounts.create({ email: ' Ann@Example.COM ', role: 'user', password })
    expect(outcome).toMatchObject({ kind: 'created', account: { email: 'ann@example.com', role: 'user' } })
    expect(await accounts.authenticate({ email: 'ANN@example.com', password })).toMatchObject({
      account: { email: 'ann@example.com' },
    })
    expect(await accounts.create({ email: 'ann@EXAMPLE.com', role: 'admin', password })).toEqual({
      kind: 'email-taken',
    })
  })

  it('never show a password hash', async () => {
    const { accounts } = setUpAccounts()
    await accounts.create({ email: 'ann@example.com', role: 'user', password })
    expect(
      JSON.stringify([
        await accounts.list(),
        await accounts.authenticate({ email: 'ann@example.com', password }),
      ]),
    ).not.toContain('hash')
  })

  it('cost one check of a password whether there is an account or not', async () => {
    const { accounts, hasher } = setUpAccounts()
    await accounts.create({ email: 'ann@example.com', role: 'user', password })
    const attempts = ['ann@example.com', 'nobody@example.com', 'no address at all']
    for (const email of attempts) {
      expect(await accounts.authenticate({ email, password: 'wrong' })).toBeNull()
    }
    expect(hasher.checked).toEqual([`hash of ${password}`, null, null])
    expect(await accounts.confirm('usr_nobody', 'wrong')).toBeNull()
    expect(hasher.checked).toHaveLength(4)
  })

  it('take one password typed on two keyboards for one', async () => {
    const { accounts } = setUpAccounts()
    await accounts.create({
      email: 'ann@example.com',
      role: 'user',
      password: 'caf\u00e9 au lait, s\u2019il',
    })
    expect(
      await accounts.authenticate({ email: 'ann@example.com', password: 'cafe\u0301 au lait, s\u2019il' }),
    ).not.toBeNull()
  })

  it('are found by a part of their address', async () => {
    const { accounts } = setUpAccounts()
    for (const name of ['ann', 'anna', 'bob']) {
      await accounts.create({ email: `${name}@example.com`, role: 'user', password })
    }
    const ids = await accounts.searchIds('ANN')
    expect([...(await accounts.emailsOf(ids)).values()].sort()).toEqual([
      'ann@example.com',
      'anna@example.com',
    ])
    expect(await accounts.searchIds('%')).toEqual([])
    expect(await accounts.emailsOf([])).toEqual(new Map())
  })
})

describe('the first administrator', () => {
  it('is made by the link, once', async () => {
    const { accounts } = setUpAccounts()
    const token = (await accounts.openSetup()) ?? ''
    expect(await accounts.isSetupOpen()).toBe(true)
    const credentials = { email: 'root@example.com', password }
    expect(await accounts.setUp(`${token}x`, credentials)).toEqual({ kind: 'unavailable' })
    expect(await accounts.setUp(token, credentials)).toMatchObject({
      kind: 'created',
      account: { role: 'admin' },
    })
    expect(await accounts.setUp(token, { ...credentials, email: 'two@example.com' })).toEqual({
      kind: 'unavailable',
    })
    expect(await accounts.isSetupOpen()).toBe(false)
    expect(await accounts.openSetup()).toBeNull()
  })

  it('is made by exactly one of twenty who use the link at once', async () => {
    const { accounts } = setUpAccounts()
    const token = (await accounts.openSetup()) ?? ''
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        accounts.setUp(token, { email: `root${index}@example.com`, password }),
      ),
    )
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1)
    expect(outcomes.filter(({ kind }) => kind === 'unavailable')).toHaveLength(19)
    expect(await accounts.list()).toHaveLength(1)
  })

  it('is not made by a link that is a day old, or that a later one replaced', async () => {
    const { accounts, clock } = setUpAccounts()
    const first = (await accounts.openSetup()) ?? ''
    const second = (await accounts.openSetup()) ?? ''
    const credentials = { email: 'root@example.com', password }
    expect(await accounts.setUp(first, credentials)).toEqual({ kind: 'unavailable' })
    clock.advance(hours(24))
    expect(await accounts.setUp(second, credentials)).toEqual({ kind: 'unavailable' })
    expect(await accounts.isSetupOpen()).toBe(false)
    const third = (await accounts.openSetup()) ?? ''
    clock.advance(minutes(1))
    expect(await accounts.setUp(third, credentials)).toMatchObject({ kind: 'created' })
  })

  it('is not made by a link once there is an administrator by other means', async () => {
    const { accounts } = setUpAccounts()
    const token = (await accounts.openSetup()) ?? ''
    await accounts.create({ email: 'root@example.com', role: 'admin', password })
    expect(await accounts.isSetupOpen()).toBe(false)
    expect(await accounts.setUp(token, { email: 'two@example.com', password })).toEqual({
      kind: 'unavailable',
    })
  })

  it('leaves nothing of the link behind', async () => {
    const { accounts, database } = setUpAccounts()
    const token = (await accounts.openSetup()) ?? ''
    await accounts.setUp(token, { email: 'root@example.com', password })
    expect(database.read((prepare) => prepare('SELECT * FROM setup_links').all())).toEqual([])
  })

  it('may mistype a password without using up the link', async () => {
    const { accounts } = setUpAccounts()
    const token = (await accounts.openSetup()) ?? ''
    const email = 'root@example.com'
    expect(await accounts.setUp(token, { email, password: 'short' })).toMatchObject({
      kind: 'invalid',
      field: 'password',
    })
    expect(await accounts.setUp(token, { email, password })).toMatchObject({ kind: 'created' })
  })

  it('who was configured is made on the first start only, and closes the link', async () => {
    const { accounts } = setUpAccounts()
    const token = (await accounts.openSetup()) ?? ''
    const credentials = { email: 'root@example.com', password }
    expect(await accounts.ensureAdministrator(credentials)).toMatchObject({ kind: 'created' })
    expect(
      await accounts.ensureAdministrator({ ...credentials, password: 'another password phrase' }),
    ).toEqual({
      kind: 'exists',
    })
    expect(await accounts.authenticate(credentials)).not.toBeNull()
    expect(await accounts.setUp(token, { email: 'two@example.com', password })).toEqual({
      kind: 'unavailable',
    })
  })
})

describe('a disabled account', () => {
  it('proves nothing by its password, after the same work as any other', async () => {
    const disabled = new Set<string>()
    const { accounts, hasher } = setUpAccounts(disabled)
    const outcome = await accounts.create({ email: 'ann@example.com', role: 'user', password })
    const id = outcome.kind === 'created' ? outcome.account.id : ''
    disabled.add(id)
    expect(await accounts.authenticate({ email: 'ann@example.com', password })).toBeNull()
    expect(await accounts.confirm(id, password)).toBeNull()
    expect(hasher.checked).toEqual([`hash of ${password}`, `hash of ${password}`])
    disabled.delete(id)
    expect(await accounts.authenticate({ email: 'ann@example.com', password })).toMatchObject({
      account: { id },
    })
  })
})

describe('the event of a new account', () => {
  it('says who made it, in which request, and nothing of its address', async () => {
    const { accounts, events } = setUpAccounts()
    const origin = { by: 'command-line', request: 'req_1' }
    const outcome = await accounts.create({ email: 'ann@example.com', role: 'user', password }, origin)
    const id = outcome.kind === 'created' ? outcome.account.id : ''
    expect(events).toMatchObject([
      {
        type: 'account.created',
        userId: id,
        actor: 'command-line',
        request: 'req_1',
        after: { role: 'user' },
      },
    ])
    expect(JSON.stringify(events)).not.toContain('ann')
  })

  it('says that an administrator who comes by the link made it themself', async () => {
    const { accounts, events } = setUpAccounts()
    const token = (await accounts.openSetup()) ?? ''
    await accounts.setUp(token, { email: 'root@example.com', password }, 'req_2')
    const [event] = events
    expect(event).toMatchObject({ request: 'req_2', after: { role: 'admin' } })
    expect(event?.actor).toBe(`user:${event?.userId}`)
  })
})
