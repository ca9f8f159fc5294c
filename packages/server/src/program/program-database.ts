import type { Storage } from 'latchkey/ports'
import type { AccountStore } from '../accounts/account-store.ts'
import type { ApiKeyStore } from '../accounts/api-key-store.ts'

/** A database of either kind, of which the schema is up to date and the master secret known. */
export interface ProgramDatabase {
  readonly secret: Uint8Array
  /** For `createSessions`, which opens and closes it. */
  readonly storage: Storage
  /** To be called once the storage is open. */
  openStores(): Promise<ProgramStores>
  /** Lets go of everything; the storage was closed before. Calling it twice is allowed. */
  close(): Promise<void>
  /** What a failure of the start means, in a sentence that says what to do where there is one. */
  explained(thrown: unknown): unknown
}

/** What the program itself keeps. */
export interface ProgramStores {
  readonly accountStore: AccountStore
  readonly apiKeyStore: ApiKeyStore
  /** Rejects when they cannot be read. */
  ping(): Promise<void>
}
