import type { Finding, Severity } from '../model/finding.ts'
import type { Observation, ObservationKind } from '../model/observation.ts'
import type { UserHistory } from '../model/user-history.ts'

/** What a detector found odd. */
export interface Oddity extends Pick<Finding, 'subject' | 'reason' | 'evidence'> {
  /** Where it is another one than the detector's. */
  readonly severity?: Severity
}

/** What a detector says of an observation. `learning`: it knows too little of the user to say anything. Null: nothing is odd. */
export type Examination = Oddity | 'learning' | null

/** Notices one kind of oddity. It looks at one observation and at what was known before it; it does no I/O and has no way to act. */
export interface Detector {
  /** Stable, in kebab-case: `impossible-travel`. */
  readonly name: string
  /** For people: `Impossible travel`. */
  readonly title: string
  /** What exactly it reports, with its limits, as sentences for people. */
  readonly definition: string
  /** Techniques of MITRE ATT&CK that it may be a sign of: `T1078`. */
  readonly attack: readonly string[]
  /** Of what it finds, where the finding says no other one; what is milder is noted, and has no response. */
  readonly severity: Severity
  /** Which observations it wants to see. */
  readonly observes: readonly ObservationKind[]
  /** What is unknown is never odd. Never throws. `history` is that of the observation's user, without this observation. */
  examine(observation: Observation, history: UserHistory): Examination
}
