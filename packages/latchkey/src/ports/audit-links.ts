import type { Instant } from '../foundation/time.ts'
import type { AuditLink } from '../model/audit-link.ts'

/** The chain over the event log, as `operations/audit-chain` makes and checks it. Atomicity and errors are those of `SessionStore`. */
export interface AuditLinks {
  /** The newest link; null when there is none. */
  latest(): Promise<AuditLink | null>

  /**
   * Adds a link behind the one whose `last` is `after`; null: as the first one. False, and nothing is changed, when that is
   * not the newest: another process was faster.
   */
  append(link: AuditLink, after: number | null): Promise<boolean>

  /** Links whose `last` is greater than `after`, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<readonly AuditLink[]>

  /** The newest link of which `at` is before the instant, and which is not the newest of all; null: none. */
  latestBefore(before: Instant): Promise<AuditLink | null>

  /** Forgets the links before the one with that `last`, which stays: from it on the chain can be checked. */
  forgetBefore(last: number): Promise<void>
}
