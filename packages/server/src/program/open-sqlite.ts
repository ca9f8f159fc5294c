import { sealedStorage } from 'latchkey/sealed'
import { sqliteStorage } from 'latchkey/sqlite'
import { type AccountsDatabase, openAccountsDatabase } from '../accounts/accounts-database.ts'
import { sqliteDatabaseIdentity } from '../accounts/database-identity.ts'
import { sqliteAccountStore } from '../accounts/sqlite-account-store.ts'
import { sqliteApiKeyStore } from '../accounts/sqlite-api-key-store.ts'
import { sqliteAttemptStore } from '../accounts/sqlite-attempt-store.ts'
import { sqliteSavedFilterStore } from '../accounts/sqlite-saved-filter-store.ts'
import { prepareDirectories } from '../configuration/data-directory.ts'
import { masterSecret } from '../configuration/master-secret.ts'
import type { Settings } from '../configuration/settings.ts'
import type { ProgramDatabase, SealingOptions } from './program-database.ts'

/** Makes folders, key, file and schema where they are missing. */
export function openSqlite(settings: Settings, path: string, sealing: SealingOptions): ProgramDatabase {
  prepareDirectories(settings)
  const secret = masterSecret(settings)
  let accounts: AccountsDatabase | null = null
  return {
    secret,
    storage: sealedStorage(sqliteStorage(path), { ...sealing, secret }),
    openStores: async () => {
      const database = openAccountsDatabase(path)
      accounts = database
      return {
        accountStore: sqliteAccountStore(database),
        apiKeyStore: sqliteApiKeyStore(database),
        attemptStore: sqliteAttemptStore(database),
        savedFilters: sqliteSavedFilterStore(database),
        identity: sqliteDatabaseIdentity(database),
        ping: async () => database.ping(),
      }
    },
    close: async () => accounts?.close(),
    explained: (thrown) => thrown,
  }
}
