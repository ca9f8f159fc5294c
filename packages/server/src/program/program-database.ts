import type { SealedStorage, SealedStorageOptions } from 'latchkey/sealed'
import type { AccountStore } from '../accounts/account-store.ts'
import type { ApiKeyStore } from '../accounts/api-key-store.ts'
import type { AttemptStore } from '../accounts/attempt-store.ts'
import type { SavedFilterStore } from '../accounts/saved-filter-store.ts'

/** A database of either kind, of which the schema is up to date and the master secret known. */
export interface ProgramDatabase {
  readonly secret: Uint8Array
  /** For `createSessions`, which opens and closes it. */
  readonly storage: SealedStorage
  /** To be called once the storage is open. */
  openStores(): Promise<ProgramStores>
  /** Lets go of everything; the storage was closed before. Calling it twice is allowed. */
  close(): Promise<void>
  /** What a failure of the start means, in a sentence that says what to do where there is one. */
  explained(thrown: unknown): unknown
}

/** How the program has its storage sealed; the secret is that of the database. */
export type SealingOptions = Omit<SealedStorageOptions, 'secret' | 'access'>

/** What the program itself keeps. */
export interface ProgramStores {
  readonly accountStore: AccountStore
  readonly apiKeyStore: ApiKeyStore
  readonly attemptStore: AttemptStore
  readonly savedFilters: SavedFilterStore
  /** Names this database, also where it was restored from a backup, and no other one. */
  readonly identity: string
  /** Rejects when they cannot be read. */
  ping(): Promise<void>
}
