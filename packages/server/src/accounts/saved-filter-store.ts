import type { Instant } from 'latchkey'

/** A filter that an account has put a name to. */
export interface SavedFilter {
  readonly name: string
  readonly filter: string
  readonly createdAt: Instant
}

/** Where filters of accounts are kept. Each method is one atomic step, durable when it resolves; rejects as `AccountStore` does. */
export interface SavedFilterStore {
  /** Those of the account, by name, in the order of its characters. */
  list(accountId: string): Promise<readonly SavedFilter[]>
  /** Adds it, or puts it in the place of the one of its name. False, and nothing is changed, where the account has `most` others. */
  put(accountId: string, saved: SavedFilter, most: number): Promise<boolean>
  /** False where there is none of that name. */
  remove(accountId: string, name: string): Promise<boolean>
}
