import { type Duration, days, seconds } from '../foundation/time.ts'

/** Everything about sessions that an operator may decide. */
export interface SessionPolicy {
  /** How long a session lasts however much it is used, unless its creator asked for another length. */
  readonly absoluteLifetime: Duration
  /** How long a session lasts without being used; null: for as long as its absolute lifetime. */
  readonly idleTimeout: Duration | null
  /** How long ended sessions stay on record; null: for ever. */
  readonly retention: Duration | null
  /** How much of an address is kept: `truncated`: its network, /24 or /48. */
  readonly addressPrivacy: AddressPrivacy
  /** How long addresses of sessions stay on record after sign-in; null: as long as the session. */
  readonly addressRetention: Duration | null
  /** As `addressRetention`, of `User-Agent` headers. */
  readonly userAgentRetention: Duration | null
  /** How long fingerprints of a device stay on record after the newest; null: as long as the device. */
  readonly fingerprintRetention: Duration | null
  /** How long a device on which nobody signs in stays on record; null: for ever. */
  readonly deviceRetention: Duration | null
  /** What a new sign-in on a known device does to the sessions there. */
  readonly deviceReplacement: DeviceReplacement
  /** Whether browsers are looked at: never, once the user has agreed, or always. */
  readonly fingerprinting: Fingerprinting
}

/** How much of an address is kept. */
export const addressPrivacies = ['full', 'truncated', 'none'] as const
/** One of {@link addressPrivacies}. */
export type AddressPrivacy = (typeof addressPrivacies)[number]

/** `replace`: one browser has one session, the newest. `keep`: each sign-in is a session of its own. */
export const deviceReplacements = ['replace', 'keep'] as const
/** One of {@link deviceReplacements}. */
export type DeviceReplacement = (typeof deviceReplacements)[number]

/** Whether browsers are looked at. */
export const fingerprintings = ['off', 'consent', 'on'] as const
/** One of {@link fingerprintings}. */
export type Fingerprinting = (typeof fingerprintings)[number]

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
  addressPrivacy: 'full',
  addressRetention: null,
  userAgentRetention: null,
  fingerprintRetention: days(90),
  deviceRetention: days(400),
  deviceReplacement: 'replace',
  fingerprinting: 'off',
}

/** Below this a session would end while its user is still at the sign-in page. */
export const shortestLifetime: Duration = seconds(1)

/** Ten years: what is longer is a mistake of unit. */
export const longestLifetime: Duration = days(3653)

/** For how long a repeated `Idempotency-Key` brings back the first answer. */
export const idempotencyWindow: Duration = days(1)
