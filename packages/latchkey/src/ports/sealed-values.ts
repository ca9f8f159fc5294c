import type { SealedTable } from './data-key-store.ts'

/** The values of one row that are to be sealed, as they are stored. A field that is null holds nothing. */
export interface StoredValues {
  readonly id: string
  /** Of `user_sessions`: `ipAddress` and `userAgent`; of `user_devices`: `fingerprints`. */
  readonly values: Readonly<Record<string, string | null>>
  /** What addresses are found by, and their networks; null where the table has no such thing. */
  readonly addressKey: string | null
  readonly rangeKey: string | null
}

/** Stored values as they are, for sealing them anew. Atomicity and errors are those of `SessionStore`. */
export interface SealedValues {
  /**
   * At most `limit` rows, by id, that come after `afterId` (null: from the first) and hold a value that does not
   * begin with `prefix`. An empty answer means that there are no more.
   */
  notSealedBy(
    table: SealedTable,
    prefix: string,
    afterId: string | null,
    limit: number,
  ): Promise<readonly StoredValues[]>
  /**
   * Puts `next` in the place of `read`, value by value, where the row still holds what was read; writes no event
   * and changes no version. Both lists have the same ids in the same order.
   */
  replace(table: SealedTable, read: readonly StoredValues[], next: readonly StoredValues[]): Promise<void>
}
