import type { JsonObject } from '../foundation/json.ts'
import type { Instant } from '../foundation/time.ts'
import type { DeviceId } from './device.ts'
import type { Severity } from './finding.ts'
import type { Actor } from './session.ts'
import type { SessionId } from './session-token.ts'

/** The public name of an alert: `alr_` and 26 base32 characters. */
export type AlertId = `alr_${string}`

/** What is thought of it. The last two are the end of it: what is found next opens another one. */
export const alertStates = ['open', 'acknowledged', 'resolved', 'false-alarm'] as const
/** One of {@link alertStates}. */
export type AlertState = (typeof alertStates)[number]

/** What its user said. */
export const alertAnswers = ['me', 'not-me'] as const
/** One of {@link alertAnswers}. */
export type AlertAnswer = (typeof alertAnswers)[number]

/** What a detector may have happen, the mildest first. Each includes the ones before it. */
export const responses = ['notify', 'require-reauthentication', 'end-session'] as const
/** One of {@link responses}. */
export type Response = (typeof responses)[number]

/** `observe`: alerts, and nothing else. `enforce`: its response, too. */
export const detectorModes = ['off', 'observe', 'enforce'] as const
/** One of {@link detectorModes}. */
export type DetectorMode = (typeof detectorModes)[number]

/** How a detector is set. */
export interface DetectorSetting {
  readonly detector: string
  readonly mode: DetectorMode
  /** What happens in the mode `enforce`. */
  readonly response: Response
}

/** An incident: findings that are one matter, and what was made of them. */
export interface Alert {
  readonly id: AlertId
  readonly detector: string
  readonly severity: Severity
  readonly userId: string | null
  /** Of the newest finding; null where it is about none. */
  readonly sessionId: SessionId | null
  readonly deviceId: DeviceId | null
  /** As in `Finding`. */
  readonly subject: string
  /** Of the newest finding. */
  readonly reason: string
  readonly evidence: JsonObject
  readonly firstAt: Instant
  readonly lastAt: Instant
  /** How many findings it has. */
  readonly count: number
  readonly state: AlertState
  /** The account that looks after it; null: nobody does. */
  readonly assignee: string | null
  readonly answer: AlertAnswer | null
  readonly answeredAt: Instant | null
  /** What is to happen or has happened by itself; null: nothing. */
  readonly response: Response | null
  /** When it had happened; null: not yet, or nothing is to. */
  readonly respondedAt: Instant | null
  readonly notes: readonly AlertNote[]
  /** Grows with each change, for compare-and-swap; starts at 1. */
  readonly version: number
}

/** What somebody wrote beside an alert. */
export interface AlertNote {
  readonly at: Instant
  readonly by: Actor
  /** 1 to 2,000 characters. */
  readonly text: string
}

/** Findings that nobody wants to hear of. Every condition that is not null must hold; at least one is not. */
export interface Mute {
  /** `mut_` and 26 base32 characters. */
  readonly id: string
  readonly detector: string | null
  readonly userId: string | null
  readonly deviceId: DeviceId | null
  /** The number of an autonomous system; null: of any. */
  readonly network: number | null
  /** Null: for ever. */
  readonly until: Instant | null
  readonly note: string | null
  readonly by: Actor
  readonly at: Instant
}
