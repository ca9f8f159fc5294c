import type { JsonObject } from '../foundation/json.ts'
import type { Instant } from '../foundation/time.ts'
import type { DeviceId } from './device.ts'
import type { SessionId } from './session-token.ts'

/** How much somebody should care, the least first. `info` is kept beside the session and asks nobody to act. */
export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const
/** One of {@link severities}. */
export type Severity = (typeof severities)[number]

/** What a detector has to say of an observation. It reports; it decides nothing. */
export interface Finding {
  /** The name of the detector. */
  readonly detector: string
  readonly severity: Severity
  readonly at: Instant
  /** Null where it is about nobody in particular. */
  readonly userId: string | null
  readonly sessionId: SessionId | null
  readonly deviceId: DeviceId | null
  /** What it is about, besides detector and user: findings with the same are one alert (`country:NO`, `source:abc`). */
  readonly subject: string
  /** A sentence with the numbers in it: `Oslo to Singapore, 10,040 km in 42 minutes.` No address. */
  readonly reason: string
  /**
   * The facts that it rests on, for people to look at. No address. Of a session that is used elsewhere, `seen` (`country`,
   * `network`, `kind`) says where: what its user answers is about that, and not about where the session began.
   */
  readonly evidence: JsonObject
}
