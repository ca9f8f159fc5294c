import { join } from 'node:path'
import { describe, it, vi } from 'vitest'
import { accountStoreContract } from '../testing/account-store-contract.ts'
import { apiKeyStoreContract } from '../testing/api-key-store-contract.ts'
import { temporaryFolder } from '../testing/temporary-program.ts'
import { type AccountsDatabase, openAccountsDatabase } from './accounts-database.ts'
import { sqliteAccountStore } from './sqlite-account-store.ts'
import { sqliteApiKeyStore } from './sqlite-api-key-store.ts'

// Each write waits for the disk, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000 })

async function withTwoConnections(
  use: (databases: readonly [AccountsDatabase, AccountsDatabase]) => Promise<void>,
): Promise<void> {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  const databases = [openAccountsDatabase(path), openAccountsDatabase(path)] as const
  await use(databases)
  for (const database of databases) database.close()
}

describe('accounts in an SQLite file', () => {
  it.each(accountStoreContract)('$name', ({ check }) =>
    withTwoConnections(([one, another]) => check([sqliteAccountStore(one), sqliteAccountStore(another)])),
  )
})

describe('API keys in an SQLite file', () => {
  it.each(apiKeyStoreContract)('$name', ({ check }) =>
    withTwoConnections(([one, another]) => check([sqliteApiKeyStore(one), sqliteApiKeyStore(another)])),
  )
})
