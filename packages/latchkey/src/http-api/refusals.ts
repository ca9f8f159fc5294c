import type { RefusalReason } from '../transport/guard-outcome.ts'
import { requestSource } from '../transport/request-source.ts'
import { type ProblemError, tooManyRefused, unauthenticated } from './problem.ts'

/** Why a credential was refused. `api-key`: it is none that is known. */
export type RefusedCredential = RefusalReason | 'api-key'

/**
 * Who counts credentials that were refused, so that a source that guesses is told to wait. Asked only once one was
 * refused: a good credential passes from anywhere. Neither may throw.
 */
export interface Refusals {
  /**
   * How many seconds the source has to wait; null: not at all. Asked for what may be a guess, not for tokens that once
   * were good. `source` is an IPv4 address or an IPv6 network (`2001:db8:1:2::/64`).
   */
  admit(source: string): number | null
  /** Told of each refusal of a source that does not have to wait. */
  refused(source: string, reason: RefusedCredential): void
}

/** Whoever has shown one of these once had a session: it is no guess. */
const once: ReadonlySet<RefusedCredential> = new Set(['expired', 'revoked', 'pending'])

/** The answer to a credential that was refused: 401, or 429 for a source that guesses. */
export function refusedProblem(
  refusals: Refusals | undefined,
  address: string | null,
  reason: RefusedCredential,
  setCookies: readonly string[] = [],
): ProblemError {
  const source = requestSource(address)
  if (refusals === undefined || source === null) return unauthenticated(setCookies)
  const wait = once.has(reason) ? null : refusals.admit(source)
  if (wait !== null) return tooManyRefused(wait)
  refusals.refused(source, reason)
  return unauthenticated(setCookies)
}
