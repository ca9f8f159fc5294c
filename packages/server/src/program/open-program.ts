import {
  type Clock,
  createSessions,
  days,
  type EndingReceipt,
  type LeaseChange,
  type Sessions,
  seconds,
  systemClock,
} from 'latchkey'
import type { Storage } from 'latchkey/ports'
import { userAgentSignal } from 'latchkey/signals'
import { type Accounts, createAccounts } from '../accounts/accounts.ts'
import { type ApiKeys, createApiKeys } from '../accounts/api-keys.ts'
import type { Settings } from '../configuration/settings.ts'
import { openPostgres } from './open-postgres.ts'
import { openSqlite } from './open-sqlite.ts'
import type { ProgramDatabase } from './program-database.ts'

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
  /** Default: as the settings say. A command that is soon over needs none, and then no ending has to wait for it. */
  readonly cache?: 'none'
  readonly onBackgroundError?: (error: unknown, task: string) => void
  /** As in `createSessions`. */
  readonly onConfirmed?: (receipt: EndingReceipt) => void
  /** As in `createSessions`. */
  readonly onLeaseChange?: (change: LeaseChange) => void
  readonly clock?: Clock
}

/** Makes folders, keys and schema where they are missing, and opens everything. */
export async function openProgram(settings: Settings, options: ProgramOptions = {}): Promise<Program> {
  const database = await openDatabase(settings)
  try {
    return await openOn(database, settings, options)
  } catch (error) {
    await database.close()
    throw database.explained(error)
  }
}

async function openDatabase(settings: Settings): Promise<ProgramDatabase> {
  const { database } = settings
  return database.kind === 'postgres' ? openPostgres(settings, database) : openSqlite(settings, database.path)
}

async function openOn(
  database: ProgramDatabase,
  settings: Settings,
  options: ProgramOptions,
): Promise<Program> {
  const { cleanup = 'by-command', clock = systemClock, cache = settings.cache, ...listeners } = options
  const sessions = await createSessions({
    storage: database.storage,
    secret: database.secret,
    clock,
    cleanup,
    cache,
    signals: [userAgentSignal],
    absoluteLifetime: seconds(settings.sessionLifetimeSeconds),
    idleTimeout: settings.idleTimeoutSeconds === 0 ? null : seconds(settings.idleTimeoutSeconds),
    retention: settings.retentionDays === 0 ? null : days(settings.retentionDays),
    ...listeners,
  })
  try {
    const { accountStore, apiKeyStore, ping } = await database.openStores()
    return {
      settings,
      sessions,
      storage: database.storage,
      accounts: createAccounts({ store: accountStore, clock }),
      apiKeys: createApiKeys({ store: apiKeyStore, clock, configuredKey: settings.apiKey }),
      ping,
      close: async () => {
        await sessions.close()
        await database.close()
      },
    }
  } catch (error) {
    await sessions.close()
    throw error
  }
}
