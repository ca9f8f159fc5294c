import type { Instant } from '../foundation/time.ts'

/** The tables in which values are sealed. Each has keys of its own. */
export const sealedTables = ['user_sessions', 'user_devices'] as const

/** One of {@link sealedTables}. */
export type SealedTable = (typeof sealedTables)[number]

/** A data key, wrapped by a key that the storage never sees. */
export interface StoredDataKey {
  /** 8 characters of base32, random; stands before each value that it seals. */
  readonly id: string
  readonly table: SealedTable
  readonly wrapped: Uint8Array
  readonly createdAt: Instant
}

/** The key ring. Atomicity and errors are those of `SessionStore`. */
export interface DataKeyStore {
  /** Oldest first, then by id. */
  list(): Promise<readonly StoredDataKey[]>
  /** Adds a key when its table has none; false, and nothing changed, otherwise. Of concurrent calls one is told true. */
  addFirst(key: StoredDataKey): Promise<boolean>
  /** Adds a key to those that there are. */
  add(key: StoredDataKey): Promise<void>
  /** Takes a key out: what it seals can be read no more. False when there was none. */
  remove(id: string): Promise<boolean>
}
