import type { SealedTable } from '../../ports/data-key-store.ts'

/** What `sealedStorage` tells whoever runs it. */
export type SealingNotice =
  /**
   * There are values that cannot be read: the keys that sealed them are gone from the ring, or are wrapped under
   * another master secret. They read as null; everything else goes on. Once for each key.
   */
  | { readonly kind: 'keys-lost'; readonly table: SealedTable; readonly keyIds: readonly string[] }
  /** The table holds values in clear, as an older version left them. */
  | { readonly kind: 'values-in-clear'; readonly table: SealedTable }
  /** Values that were in clear or sealed by an earlier key have been sealed by the newest one. */
  | { readonly kind: 'sealed-anew'; readonly table: SealedTable; readonly values: number }
