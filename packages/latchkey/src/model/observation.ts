import type { Instant } from '../foundation/time.ts'
import type { DeviceId } from './device.ts'
import type { SessionId } from './session-token.ts'
import type { Sighting } from './sighting.ts'

/**
 * What detectors look at, made from one event. `sign-in`: a session began. `network-changed`, `client-changed`: a session was
 * used from another network, or by another client, than it was created with. `token-reused`: a token came that had been
 * replaced, and the session ended. `source-limited`: one source showed too many tokens that are none, and is about nobody.
 */
export const observationKinds = [
  'sign-in',
  'network-changed',
  'client-changed',
  'token-reused',
  'source-limited',
] as const
/** One of {@link observationKinds}. */
export type ObservationKind = (typeof observationKinds)[number]

/** Something that happened, as detectors see it. */
export interface Observation {
  /** Of its event in the log. */
  readonly position: number
  readonly kind: ObservationKind
  readonly at: Instant
  /** Null of `source-limited`. */
  readonly userId: string | null
  readonly sessionId: SessionId | null
  readonly deviceId: DeviceId | null
  /** Null where nothing was noted, as in events of earlier versions. */
  readonly sighting: Sighting | null
  /** Of a change inside a session: as it was created; null otherwise. */
  readonly before: Sighting | null
  /** Of a change inside a session: when the session was used last before it; null otherwise, and where it was not said. */
  readonly lastUsedAt: Instant | null
  /** Of `source-limited`: names the source without telling its address; null otherwise. */
  readonly source: string | null
  /** Of `source-limited`: how many were refused; null otherwise, and where it was not said. */
  readonly refused: number | null
}
