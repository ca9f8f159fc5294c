import type { Instant, NewSessionEvent } from 'latchkey'
import type { StoredAccount } from './account.ts'

/** The one-time link that makes the first administrator, as it is kept. */
export interface SetupLink {
  /** SHA-256 of the token in the link, 32 bytes. */
  readonly tokenHash: Uint8Array
  readonly expiresAt: Instant
}

/** Another password for an account, which has to have the one that was looked at still. */
export interface PasswordReplacement {
  readonly id: string
  /** The hash of that one. */
  readonly before: string
  readonly passwordHash: string
}

/**
 * Where accounts are kept. Every method is one atomic step, durable when it resolves. A method rejects with a
 * `LatchkeyError` only when the database is away or broken. The event of a change is written in the same step, and only
 * where something was changed.
 */
export interface AccountStore {
  /** False, and nothing changed, when the address has an account already. */
  insert(account: StoredAccount, event: NewSessionEvent): Promise<boolean>
  find(id: string): Promise<StoredAccount | null>
  /** By the normalised address. */
  findByEmail(email: string): Promise<StoredAccount | null>
  /** All accounts, oldest first, at most `limit`. */
  list(limit: number): Promise<readonly StoredAccount[]>
  /** The ids of accounts whose address contains the text, at most `limit`. */
  searchIds(text: string, limit: number): Promise<readonly string[]>
  /** The addresses of those of the accounts that exist, by id. */
  emailsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  hasAdministrator(): Promise<boolean>
  /** False, and nothing changed, when the account has another hash than `before` by now, or there is none of that id. */
  replacePasswordHash(replacement: PasswordReplacement, event: NewSessionEvent): Promise<boolean>

  /** Puts the link in the place of any earlier one; false, and no link is left, when there is an administrator. */
  replaceSetupLink(link: SetupLink): Promise<boolean>
  /** Whether that link exists and is not past its deadline, and there is no administrator. With null: any link. */
  isSetupLinkOpen(tokenHash: Uint8Array | null, now: Instant): Promise<boolean>
  /**
   * Adds the first administrator and uses up the link in one step. Of concurrent calls with one link exactly
   * one is told `created`. Nothing is changed on any other outcome.
   */
  claimSetupLink(
    tokenHash: Uint8Array,
    administrator: StoredAccount,
    now: Instant,
    event: NewSessionEvent,
  ): Promise<'created' | 'unavailable' | 'email-taken'>
  /** Adds the account when there is no administrator yet, and withdraws any link. */
  insertFirstAdministrator(
    administrator: StoredAccount,
    event: NewSessionEvent,
  ): Promise<'created' | 'exists' | 'email-taken'>
}
