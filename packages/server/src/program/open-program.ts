import {
  type Alert,
  type Clock,
  createSessions,
  type EndingReceipt,
  type LeaseChange,
  type Sessions,
  systemClock,
} from 'latchkey'
import { defaultDetectors } from 'latchkey/detectors'
import { type NameSource, sourceNames } from 'latchkey/http'
import type { PlaceSource } from 'latchkey/ports'
import type { SealedStorage, SealingNotice } from 'latchkey/sealed'
import { userAgentSignal } from 'latchkey/signals'
import { type Accounts, createAccounts } from '../accounts/accounts.ts'
import { type ApiKeys, createApiKeys } from '../accounts/api-keys.ts'
import type { SavedFilterStore } from '../accounts/saved-filter-store.ts'
import { createSignInThrottle, type SignInThrottle } from '../accounts/sign-in-throttle.ts'
import type { Settings } from '../configuration/settings.ts'
import { openPostgres } from './open-postgres.ts'
import { openSqlite } from './open-sqlite.ts'
import { policyOfSettings } from './policy-of-settings.ts'
import { keptAuditHead } from './position-file.ts'
import type { ProgramDatabase, ProgramStores, SealingOptions } from './program-database.ts'
import { recordPolicy } from './record-policy.ts'

/** Everything that commands and routes work with, on one database. */
export interface Program {
  readonly settings: Settings
  readonly sessions: Sessions
  readonly storage: SealedStorage
  readonly accounts: Accounts
  readonly apiKeys: ApiKeys
  readonly throttle: SignInThrottle
  readonly savedFilters: SavedFilterStore
  /** Names the database, as `ProgramStores.identity`. */
  readonly databaseIdentity: string
  /** The master secret of the database, for what derives from it. */
  readonly secret: Uint8Array
  /** Names where a request came from, in the audit log. */
  readonly nameSource: NameSource
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
  /** As in `createSessions`. */
  readonly notify?: (alert: Alert) => Promise<void>
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
  const { sessions, stores } = await openSessions(database, settings, options)
  try {
    if (options.cleanup === 'automatic') await recordPolicy(sessions)
    return {
      settings,
      sessions,
      storage: database.storage,
      ...ownParts(stores, database.secret, settings, { sessions, clock: options.clock ?? systemClock }),
      secret: database.secret,
      nameSource: sourceNames(database.secret),
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

interface OpenedSessions {
  readonly sessions: Sessions
  readonly stores: ProgramStores
}

async function openSessions(
  database: ProgramDatabase,
  settings: Settings,
  options: ProgramOptions,
): Promise<OpenedSessions> {
  const { onSealingNotice: _, openPlaces, ...forSessions } = options
  const places = options.places ?? (await openPlaces?.()) ?? null
  const { cleanup = 'by-command', clock = systemClock, cache = settings.cache, ...listeners } = forSessions
  const opened: { stores: ProgramStores | null } = { stores: null }
  const sessions = await createSessions({
    auditHead: async () => {
      opened.stores = await database.openStores()
      return keptAuditHead(settings, opened.stores.identity, database.storage)
    },
    storage: database.storage,
    secret: database.secret,
    clock,
    cleanup,
    cache,
    signals: [userAgentSignal],
    detectors: defaultDetectors,
    ...policyOfSettings(settings),
    ...listeners,
    ...(places && { places }),
  })
  if (opened.stores === null) throw new Error('The stores of the program were not opened with its sessions.')
  return { sessions, stores: opened.stores }
}

type OwnParts = Pick<
  Program,
  'accounts' | 'apiKeys' | 'throttle' | 'savedFilters' | 'databaseIdentity' | 'ping'
>

/** What the program keeps of its own, beside the sessions. */
function ownParts(
  { accountStore, apiKeyStore, attemptStore, savedFilters, identity, ping }: ProgramStores,
  secret: Uint8Array,
  settings: Settings,
  { sessions, clock }: { readonly sessions: Sessions; readonly clock: Clock },
): OwnParts {
  return {
    accounts: createAccounts({
      store: accountStore,
      clock,
      isDisabled: (userId) => sessions.isUserDisabled(userId),
    }),
    apiKeys: createApiKeys({ store: apiKeyStore, clock, configuredKey: settings.apiKey }),
    throttle: createSignInThrottle({ store: attemptStore, clock, secret }),
    savedFilters,
    databaseIdentity: identity,
    ping,
  }
}
