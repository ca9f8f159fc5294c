import { LatchkeyError } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { describe, expect, it } from 'vitest'
import { createAccounts } from './accounts.ts'
import { openAccountsDatabase } from './accounts-database.ts'
import { type PasswordHasher, TooManyPasswords } from './password-hasher.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { createSignInThrottle } from './sign-in-throttle.ts'
import { sqliteAccountStore } from './sqlite-account-store.ts'
import { sqliteAttemptStore } from './sqlite-attempt-store.ts'

const email = 'ann@example.com'
const password = 'correct horse battery'
const plainHasher: PasswordHasher = {
  hash: async (text) => text,
  verify: async (passwordHash, text) => passwordHash === text,
}

async function setUpSignIn(hasher = plainHasher): Promise<{ signIn: SignIn; accountId: string }> {
  const database = openAccountsDatabase(':memory:')
  const store = sqliteAccountStore(database, () => {})
  const clock = fakeClock()
  const throttle = createSignInThrottle({
    store: sqliteAttemptStore(database),
    clock,
    secret: new Uint8Array(32),
  })
  const made = await createAccounts({ store, clock, hasher: plainHasher }).create({
    email,
    role: 'user',
    password,
  })
  const accounts = createAccounts({ store, clock, hasher })
  return {
    signIn: createSignIn(accounts, throttle),
    accountId: made.kind === 'created' ? made.account.id : '',
  }
}

describe('signing in under the throttle', () => {
  it('is never stopped by having been right before', async () => {
    const { signIn, accountId } = await setUpSignIn()
    for (let time = 0; time < 120; time += 1) {
      expect(await signIn.signIn({ email, password }, '192.0.2.1')).toMatchObject({ kind: 'signed-in' })
      expect(await signIn.confirm(accountId, password, '192.0.2.1')).toMatchObject({
        kind: 'confirmed',
      })
    }
  })

  it('counts all spellings of an address as one account', async () => {
    const { signIn } = await setUpSignIn()
    const spellings = ['ann@example.com', 'ANN@example.com', ' Ann@Example.com ']
    for (let time = 0; time < 10; time += 1) {
      const spelling = spellings[time % 3] ?? email
      const outcome = await signIn.signIn({ email: spelling, password: 'wrong' }, `192.0.2.${time}`)
      expect(outcome).toEqual({ kind: 'refused' })
    }
    expect(await signIn.signIn({ email, password }, '192.0.2.99')).toMatchObject({ kind: 'throttled' })
  })

  it('counts nothing against a session that is asked for a password again, whatever is written for an address', async () => {
    const { signIn, accountId } = await setUpSignIn()
    for (const guessed of [accountId, `account ${accountId}`]) {
      for (let time = 0; time < 12; time += 1) {
        await signIn.signIn({ email: guessed, password: 'wrong' }, `192.0.2.${time}`)
      }
    }
    expect(await signIn.confirm(accountId, password, '192.0.2.99')).toMatchObject({ kind: 'confirmed' })
  })

  it('throttles an address without an account as it does one with an account', async () => {
    const { signIn } = await setUpSignIn()
    const nobody = { email: 'nobody@example.com', password }
    for (let time = 0; time < 10; time += 1) {
      expect(await signIn.signIn(nobody, `192.0.2.${time}`)).toEqual({ kind: 'refused' })
    }
    expect(await signIn.signIn(nobody, '192.0.2.99')).toMatchObject({ kind: 'throttled' })
  })

  it('asks to come back soon when too many passwords are being checked', async () => {
    const busy = async () => {
      throw new TooManyPasswords('busy')
    }
    const { signIn } = await setUpSignIn({ hash: busy, verify: busy })
    expect(await signIn.signIn({ email, password }, null)).toEqual({
      kind: 'throttled',
      retryAfterSeconds: 2,
    })
  })

  it('does not count attempts at which nobody could look at the password', async () => {
    let failure: Error | null = null
    const hasher: PasswordHasher = {
      hash: plainHasher.hash,
      verify: async (passwordHash, text) => {
        if (failure) throw failure
        return plainHasher.verify(passwordHash, text)
      },
    }
    const { signIn } = await setUpSignIn(hasher)
    for (let time = 0; time < 9; time += 1) {
      expect(await signIn.signIn({ email, password: 'wrong' }, '192.0.2.1')).toEqual({ kind: 'refused' })
    }
    const away = new LatchkeyError('storage-unavailable', 'the storage is away')
    for (const reason of [away, new TooManyPasswords('busy')]) {
      failure = reason
      for (let time = 0; time < 60; time += 1) {
        await signIn.signIn({ email, password }, '192.0.2.1').catch((error) => expect(error).toBe(reason))
      }
    }
    failure = null
    expect(await signIn.signIn({ email, password: 'wrong' }, '192.0.2.1')).toEqual({ kind: 'refused' })
    expect(await signIn.signIn({ email, password }, '192.0.2.1')).toMatchObject({ kind: 'throttled' })
  })
})
