import {
  type Clock,
  createSessions,
  type Duration,
  days,
  type EndingReceipt,
  type LeaseChange,
  type SessionPolicy,
  type Sessions,
  seconds,
  systemClock,
} from 'latchkey'
import type { PlaceSource } from 'latchkey/ports'
import type { SealedStorage, SealingNotice } from 'latchkey/sealed'
import { userAgentSignal } from 'latchkey/signals'
import { type Accounts, createAccounts } from '../accounts/accounts.ts'
import { type ApiKeys, createApiKeys } from '../accounts/api-keys.ts'
import type { Settings } from '../configuration/settings.ts'
import { openPostgres } from './open-postgres.ts'
import { openSqlite } from './open-sqlite.ts'
import type { ProgramDatabase, SealingOptions } from './program-database.ts'

/** Everything that commands and routes work with, on one database. */
export interface Program {
  readonly settings: Settings
  readonly sessions: Sessions
  readonly storage: SealedStorage
  readonly accounts: Accounts
  readonly apiKeys: ApiKeys
  /** Rejects when the accounts cannot be read; `sessions.ping()` speaks for the rest. */
  ping(): Promise<void>
  /** Writes what is noted and lets go of the database. Calling it twice is allowed. */
  close(): Promise<void>
}

export interface ProgramOptions {
  /** Whether cleanup and retention run by themselves, and rotations of keys are finished. Default `by-command`: what a command that is soon over wants. */
  readonly cleanup?: 'automatic' | 'by-command'
  /** Default: as the settings say. A command that is soon over needs none, and then no ending has to wait for it. */
  readonly cache?: 'none'
  readonly onBackgroundError?: (error: unknown, task: string) => void
  /** As in `createSessions`. */
  readonly onConfirmed?: (receipt: EndingReceipt) => void
  /** As in `createSessions`. */
  readonly onLeaseChange?: (change: LeaseChange) => void
  /** What is to be known of the keys that values are sealed by. */
  readonly onSealingNotice?: (notice: SealingNotice) => void
  /** Where sign-ins come from. Default: nothing is known of it, as it is of no use to most commands. */
  readonly places?: PlaceSource
  /** As `places`, opened once the secret is known: a node that is refused leaves nothing behind. */
  readonly openPlaces?: () => Promise<PlaceSource | null>
  readonly clock?: Clock
}

/** Makes folders, keys and schema where they are missing, and opens everything. */
export async function openProgram(settings: Settings, options: ProgramOptions = {}): Promise<Program> {
  const database = await openDatabase(settings, sealingOptions(options))
  try {
    return await openOn(database, settings, options)
  } catch (error) {
    await database.close()
    throw database.explained(error)
  }
}

async function openDatabase(settings: Settings, sealing: SealingOptions): Promise<ProgramDatabase> {
  const { database } = settings
  return database.kind === 'postgres'
    ? openPostgres(settings, database, sealing)
    : openSqlite(settings, database.path, sealing)
}

function sealingOptions(options: ProgramOptions): SealingOptions {
  const { cleanup = 'by-command', clock = systemClock, onSealingNotice, onBackgroundError } = options
  return {
    upkeep: cleanup,
    clock,
    ...(onSealingNotice && { onNotice: onSealingNotice }),
    ...(onBackgroundError && { onBackgroundError }),
  }
}

async function openOn(
  database: ProgramDatabase,
  settings: Settings,
  options: ProgramOptions,
): Promise<Program> {
  const { onSealingNotice: _, openPlaces, ...forSessions } = options
  const places = options.places ?? (await openPlaces?.()) ?? null
  const { cleanup = 'by-command', clock = systemClock, cache = settings.cache, ...listeners } = forSessions
  const sessions = await createSessions({
    storage: database.storage,
    secret: database.secret,
    clock,
    cleanup,
    cache,
    signals: [userAgentSignal],
    ...policyOf(settings),
    ...listeners,
    ...(places && { places }),
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

/** What the operator has decided, in the library's words. */
function policyOf(settings: Settings): SessionPolicy {
  return {
    absoluteLifetime: seconds(settings.sessionLifetimeSeconds),
    idleTimeout: settings.idleTimeoutSeconds === 0 ? null : seconds(settings.idleTimeoutSeconds),
    retention: daysOrNull(settings.retentionDays),
    addressPrivacy: settings.addressPrivacy,
    addressRetention: daysOrNull(settings.addressRetentionDays),
    userAgentRetention: daysOrNull(settings.userAgentRetentionDays),
    fingerprintRetention: daysOrNull(settings.fingerprintRetentionDays),
    deviceRetention: daysOrNull(settings.deviceRetentionDays),
    deviceReplacement: settings.deviceReplacement,
    fingerprinting: settings.fingerprinting,
  }
}

/** 0 stands for no end. */
function daysOrNull(count: number): Duration | null {
  return count === 0 ? null : days(count)
}
