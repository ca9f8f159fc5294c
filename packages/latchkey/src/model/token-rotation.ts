import type { Instant } from '../foundation/time.ts'

/** What is known of the tokens that a session had before. */
export interface Rotation {
  /** Since when it has its present token. */
  readonly issuedAt: Instant
  /** The token before that, as long as it may be worth something; null: worth nothing any more. */
  readonly previous: PreviousToken | null
  /** Beginnings of the hashes of earlier secrets, `retiredHashLength` bytes each, the newest first; `previous` is one of them. */
  readonly retired: Uint8Array
}

/** A token that has a successor. */
export interface PreviousToken {
  /** SHA-256 of its secret, 32 bytes. */
  readonly secretHash: Uint8Array
  /**
   * With it and the old secret its successor is made again, for requests that were on their way; 32 bytes. Null where
   * the successor proves more than it did: then whoever holds the old one does not get it.
   */
  readonly nonce: Uint8Array | null
  /** When the successor was first used; null: not yet, as far as is known. */
  readonly succeededAt: Instant | null
  /** What the old token proved and allowed, which is all that it is good for. */
  readonly authenticatedAt: Instant
  readonly amr: readonly string[]
  readonly roles: readonly string[]
}

/** In bytes: a guess that meets one of them by chance is one in 2^64 for each. */
export const retiredHashLength = 8
/** How many earlier tokens of a session are recognised as stolen. More: a larger row for sessions that rotate often. */
export const mostRetired = 32
