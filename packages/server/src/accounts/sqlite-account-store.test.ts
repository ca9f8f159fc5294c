import { join } from 'node:path'
import { sqliteStorage } from 'latchkey/sqlite'
import { describe, it, vi } from 'vitest'
import { accountStoreContract, type ReadEvents } from '../testing/account-store-contract.ts'
import { apiKeyStoreContract } from '../testing/api-key-store-contract.ts'
import { savedFilterStoreContract } from '../testing/saved-filter-store-contract.ts'
import { temporaryFolder } from '../testing/temporary-program.ts'
import { type AccountsDatabase, openAccountsDatabase } from './accounts-database.ts'
import { sqliteAccountStore } from './sqlite-account-store.ts'
import { sqliteApiKeyStore } from './sqlite-api-key-store.ts'
import { sqliteSavedFilterStore } from './sqlite-saved-filter-store.ts'

// Each write waits for the disk, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000 })

async function withTwoConnections(
  use: (databases: readonly [AccountsDatabase, AccountsDatabase], events: ReadEvents) => Promise<void>,
): Promise<void> {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  const storage = sqliteStorage(path)
  await storage.open()
  const databases = [openAccountsDatabase(path), openAccountsDatabase(path)] as const
  await use(databases, async () =>
    (await storage.events.read(0, 100)).map(({ type, userId }) => [type, userId] as const),
  )
  for (const database of databases) database.close()
  await storage.close()
}

describe('accounts in an SQLite file', () => {
  it.each(accountStoreContract)('$name', ({ check }) =>
    withTwoConnections(([one, another], events) =>
      check([sqliteAccountStore(one), sqliteAccountStore(another)], events),
    ),
  )
})

describe('API keys in an SQLite file', () => {
  it.each(apiKeyStoreContract)('$name', ({ check }) =>
    withTwoConnections(([one, another], events) =>
      check([sqliteApiKeyStore(one), sqliteApiKeyStore(another)], events),
    ),
  )
})

describe('saved filters in an SQLite file', () => {
  it.each(savedFilterStoreContract)('$name', ({ check }) =>
    withTwoConnections(([one, another]) =>
      check([sqliteSavedFilterStore(one), sqliteSavedFilterStore(another)], sqliteAccountStore(one)),
    ),
  )
})
