import { type Duration, days, hours, seconds } from '../foundation/time.ts'
import type { AssuranceLevel } from '../model/assurance-level.ts'
import type { DeviceTrust } from '../model/session.ts'

/** What may differ from session to session. Of everything that applies to one the strictest holds. */
export interface SessionTerms {
  /** How long a session lasts however much it is used, unless its creator asked for another length; what a rule grants holds for that, too. */
  readonly absoluteLifetime: Duration
  /** How long a session lasts without being used; null: for as long as its absolute lifetime. */
  readonly idleTimeout: Duration | null
  /** After how long in use a session gets a new token; null: only when its user proves something anew. */
  readonly rotationInterval: Duration | null
  /** How many live sessions a user may have at a time; null: any number. */
  readonly sessionLimit: number | null
  /** How old the last authentication may be for what asks for a recent one (ending other sessions); null: any age. */
  readonly reauthenticationWindow: Duration | null
  /** What becomes of a session that is used from another network than it was created in. */
  readonly networkBinding: NetworkBinding
}

/** For whom a rule is. All conditions that are named must hold; none: for everybody. */
export interface RuleCondition {
  /** One of them is enough. */
  readonly roles?: readonly string[]
  /** At sign-in. */
  readonly deviceTrust?: DeviceTrust
  /** One of them is enough; a session of which nothing is stated counts as `aal1`. */
  readonly assurance?: readonly AssuranceLevel[]
}

/** Terms for some sessions. It can tighten what holds for everybody, and never loosen it. */
export interface PolicyRule extends Partial<SessionTerms> {
  /** Shown where it sets a deadline; unique, 1 to 64 characters of a to z, 0 to 9, `-`; not `default`, not `requested`. */
  readonly name: string
  readonly when: RuleCondition
}

/** `observe`: an event says so, and nothing else happens. `end`: the session ends. */
export const networkBindings = ['off', 'observe', 'end'] as const
/** One of {@link networkBindings}. */
export type NetworkBinding = (typeof networkBindings)[number]

/** `reject`: no new session. `end-oldest`, `end-least-recent`: as many as it takes end. */
export const sessionLimitActions = ['reject', 'end-oldest', 'end-least-recent'] as const
/** One of {@link sessionLimitActions}. */
export type SessionLimitAction = (typeof sessionLimitActions)[number]

/** Everything about sessions that an operator may decide. The terms are everybody's; rules tighten them for some. */
export interface SessionPolicy extends SessionTerms {
  readonly rules: readonly PolicyRule[]
  /** What happens at `sessionLimit`. */
  readonly atSessionLimit: SessionLimitAction
  /** How long ended sessions stay on record; null: for ever. */
  readonly retention: Duration | null
  /** How long events, which are the audit log, stay on record; null: for ever. */
  readonly auditRetention: Duration | null
  /** How long alerts stay on record that are resolved or false alarms, from their newest finding on; null: for ever. */
  readonly alertRetention: Duration | null
  /** How long numbers by the hour stay on record; null: for ever. */
  readonly rollupHourRetention: Duration | null
  /** How long numbers by the day stay on record; null: for ever. */
  readonly rollupDayRetention: Duration | null
  /** How long what detectors know of a user stays on record after the newest sign-in; null: for ever. */
  readonly historyRetention: Duration | null
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
  rotationInterval: null,
  sessionLimit: null,
  reauthenticationWindow: hours(24),
  networkBinding: 'off',
  rules: [],
  atSessionLimit: 'end-least-recent',
  retention: days(90),
  auditRetention: days(400),
  alertRetention: days(400),
  rollupHourRetention: days(90),
  rollupDayRetention: days(1_826),
  historyRetention: days(400),
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
