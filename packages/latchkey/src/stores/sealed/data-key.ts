import { createSecretKey, type KeyObject } from 'node:crypto'
import { randomBase32, randomSecret } from '../../foundation/bytes.ts'
import type { Instant } from '../../foundation/time.ts'
import type { SealedTable, StoredDataKey } from '../../ports/data-key-store.ts'
import { keyIdLength, seal, unseal } from './sealed-text.ts'

/** A key that values of one table are sealed by. */
export interface DataKey {
  readonly id: string
  readonly table: SealedTable
  readonly createdAt: Instant
  /** Whether a text begins with it says whether this key sealed it. */
  readonly prefix: string
  readonly key: KeyObject
}

/**
 * How many values one key should seal at most: a quarter of what NIST SP 800-38D, section 8.3, allows. `doctor`
 * asks for another key beyond it; nothing stops by itself, since what is not kept cannot be shown.
 */
export const sealsPerKey: number = 2 ** 30

/** A new key, as the ring keeps it: wrapped by a key that the storage never sees. */
export function newDataKey(wrapping: KeyObject, table: SealedTable, createdAt: Instant): StoredDataKey {
  const id = randomBase32(keyIdLength)
  return { id, table, createdAt, wrapped: seal(wrapping, placeOf({ id, table }), randomSecret(32)) }
}

/** Null when it was wrapped under another master secret, or is damaged. */
export function unwrapDataKey(wrapping: KeyObject, stored: StoredDataKey): DataKey | null {
  const { id, table, createdAt } = stored
  const bytes = unseal(wrapping, placeOf(stored), stored.wrapped)
  if (bytes === null) return null
  return { id, table, createdAt, prefix: `${id}.`, key: createSecretKey(bytes) }
}

function placeOf({ id, table }: Pick<StoredDataKey, 'id' | 'table'>): string {
  return `data key\0${table}\0${id}`
}

/** A text of the table, sealed for one field of one row. */
export function sealText(key: DataKey, field: string, rowId: string, text: string): string {
  return key.prefix + seal(key.key, fieldOf(key.table, field, rowId), text).toString('base64url')
}

/** Null when the text was not sealed by this key for this field of this row of its table. */
export function unsealText(key: DataKey, field: string, rowId: string, text: string): string | null {
  const bytes = Buffer.from(text.slice(key.prefix.length), 'base64url')
  return unseal(key.key, fieldOf(key.table, field, rowId), bytes)?.toString() ?? null
}

function fieldOf(table: SealedTable, field: string, rowId: string): string {
  return `${table}\0${field}\0${rowId}`
}
