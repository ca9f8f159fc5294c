import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { attemptStoreContract } from '../testing/attempt-store-contract.ts'
import { temporaryFolder } from '../testing/temporary-program.ts'
import { openAccountsDatabase } from './accounts-database.ts'
import { sqliteDatabaseIdentity } from './database-identity.ts'
import { sqliteAttemptStore } from './sqlite-attempt-store.ts'

// Each write waits for the disk, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000 })

describe('counted attempts in an SQLite file', () => {
  it.each(attemptStoreContract)('$name', async ({ check }) => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.db')
    const [one, another] = [openAccountsDatabase(path), openAccountsDatabase(path)]
    await check([sqliteAttemptStore(one), sqliteAttemptStore(another)])
    one.close()
    another.close()
  })
})

it('a database is named once, for all who open it', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  const [one, another] = [openAccountsDatabase(path), openAccountsDatabase(path)]
  const identity = sqliteDatabaseIdentity(one)
  expect(identity).toMatch(/^[0-9a-f]{32}$/)
  expect(sqliteDatabaseIdentity(another)).toBe(identity)
  expect(sqliteDatabaseIdentity(openAccountsDatabase(':memory:'))).not.toBe(identity)
  one.close()
  another.close()
})

it('the connection of the accounts waits for the disk with each commit, and can be told nothing else', () => {
  const database = openAccountsDatabase(':memory:')
  const row = database.read((prepare) => prepare('PRAGMA synchronous').get())
  // 2 is FULL (https://www.sqlite.org/pragma.html#pragma_synchronous).
  expect(row?.['synchronous']).toBe(2)
  database.close()
})
