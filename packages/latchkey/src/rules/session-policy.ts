import { type Duration, days, seconds } from '../foundation/time.ts'

/** Everything about sessions that an operator may decide. */
export interface SessionPolicy {
  /** How long a session lasts however much it is used, unless its creator asked for another length. */
  readonly absoluteLifetime: Duration
  /** How long a session lasts without being used; null: for as long as its absolute lifetime. */
  readonly idleTimeout: Duration | null
  /** How long ended sessions stay on record; null: for ever. */
  readonly retention: Duration | null
}

/**
 * How exactly the last use of a session is known. An idle timeout comes at most this much late and never
 * early. Smaller: more writes. Larger: "last active" in the list grows vague.
 */
export const activityResolution: Duration = seconds(60)

/** NIST SP 800-63B-4 section 2.1.3: at most 30 days overall at the lowest assurance level. */
export const defaultPolicy: SessionPolicy = {
  absoluteLifetime: days(30),
  idleTimeout: days(7),
  retention: days(90),
}

/** Below this a session would end while its user is still at the sign-in page. */
export const shortestLifetime: Duration = seconds(1)

/** Ten years: what is longer is a mistake of unit. */
export const longestLifetime: Duration = days(3653)

/** For how long a repeated `Idempotency-Key` brings back the first answer. */
export const idempotencyWindow: Duration = days(1)
