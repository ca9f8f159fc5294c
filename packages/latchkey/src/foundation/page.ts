/** What part of a list is wanted. */
export interface PageRequest {
  /** The `next` of the page before, or null for the first page. Opaque: only the store that made it reads it. */
  readonly cursor: string | null
  /** How many items at most; at least 1. */
  readonly limit: number
}

/** A part of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** The cursor of the page that follows; null when this is the last one. */
  readonly next: string | null
}
