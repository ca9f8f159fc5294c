import { type Clock, createSessions, days, type Sessions, seconds, systemClock } from 'latchkey'
import type { Storage } from 'latchkey/ports'
import { userAgentSignal } from 'latchkey/signals'
import { sqliteStorage } from 'latchkey/sqlite'
import { type Accounts, createAccounts } from '../accounts/accounts.ts'
import { type AccountsDatabase, openAccountsDatabase } from '../accounts/accounts-database.ts'
import { type ApiKeys, createApiKeys } from '../accounts/api-keys.ts'
import { sqliteAccountStore } from '../accounts/sqlite-account-store.ts'
import { sqliteApiKeyStore } from '../accounts/sqlite-api-key-store.ts'
import { prepareDirectories } from '../configuration/data-directory.ts'
import { masterSecret } from '../configuration/master-secret.ts'
import type { Settings } from '../configuration/settings.ts'

/** Everything that commands and routes work with, on one database. */
export interface Program {
  readonly settings: Settings
  readonly sessions: Sessions
  readonly storage: Storage
  readonly accounts: Accounts
  readonly apiKeys: ApiKeys
  /** Rejects when the accounts cannot be read; `sessions.ping()` speaks for the rest. */
  ping(): Promise<void>
  /** Writes what is noted and lets go of the database. Calling it twice is allowed. */
  close(): Promise<void>
}

export interface ProgramOptions {
  /** Whether cleanup and retention run by themselves. Default `by-command`: what a command that is soon over wants. */
  readonly cleanup?: 'automatic' | 'by-command'
  readonly onBackgroundError?: (error: unknown, task: string) => void
  readonly clock?: Clock
}

/** Makes folders, keys and schema where they are missing, and opens everything. */
export async function openProgram(settings: Settings, options: ProgramOptions = {}): Promise<Program> {
  const { cleanup = 'by-command', clock = systemClock, onBackgroundError } = options
  prepareDirectories(settings)
  const secret = masterSecret(settings)
  const storage = sqliteStorage(settings.databasePath)
  const sessions = await createSessions({
    storage,
    secret,
    clock,
    cleanup,
    signals: [userAgentSignal],
    absoluteLifetime: seconds(settings.sessionLifetimeSeconds),
    idleTimeout: settings.idleTimeoutSeconds === 0 ? null : seconds(settings.idleTimeoutSeconds),
    retention: settings.retentionDays === 0 ? null : days(settings.retentionDays),
    ...(onBackgroundError && { onBackgroundError }),
  })
  try {
    return assemble(settings, sessions, storage, openAccountsDatabase(settings.databasePath), clock)
  } catch (error) {
    await sessions.close()
    throw error
  }
}

function assemble(
  settings: Settings,
  sessions: Sessions,
  storage: Storage,
  database: AccountsDatabase,
  clock: Clock,
): Program {
  return {
    settings,
    sessions,
    storage,
    accounts: createAccounts({ store: sqliteAccountStore(database), clock }),
    apiKeys: createApiKeys({ store: sqliteApiKeyStore(database), clock, configuredKey: settings.apiKey }),
    ping: async () => database.ping(),
    close: async () => {
      await sessions.close()
      database.close()
    },
  }
}
