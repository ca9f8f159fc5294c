import type { DeviceInfo } from './device-info.ts'
import type { Place } from './place.ts'

/**
 * What kind of client speaks. `browser`: one that people look at. `app`: an application that says so (an embedded
 * web view, a mobile framework). `program`: curl, an HTTP library, a headless browser. `bot`: a crawler that names itself.
 * `unknown` is said rather than guessed.
 */
export const clientKinds = ['browser', 'app', 'program', 'bot', 'unknown'] as const
/** One of {@link clientKinds}. */
export type ClientKind = (typeof clientKinds)[number]

/** What was seen of somebody who signed in, or used a session in a new way: facts that events keep. No address, no secret. */
export interface Sighting {
  readonly client: ClientKind
  readonly device: Pick<DeviceInfo, 'type' | 'browser' | 'browserVersion' | 'os' | 'osVersion'>
  /** Null where nothing is known of it. */
  readonly place: Place | null
  /** How its user proved who they are (RFC 8176); empty where nothing is stated. */
  readonly amr: readonly string[]
  /** How many other users have signed in with the same browser, by its device tokens; null where that is not known. */
  readonly otherUsers: number | null
}

/** As histories name what somebody signed in with: `Chrome on Windows`; null where one of the two is unknown. */
export function clientKeyOf({ browser, os }: Pick<DeviceInfo, 'browser' | 'os'>): string | null {
  return browser === 'unknown' || os === 'unknown' ? null : `${browser} on ${os}`
}

/** How a session began and how long it lasted, for whoever counts endings: on `session.ended`. */
export interface EndedSession {
  readonly createdAt: number
  /** In milliseconds, as `SessionStatistics` has it. */
  readonly duration: number
  /** ISO 3166-1 alpha-2; null where it is unknown. */
  readonly country: string | null
  readonly amr: readonly string[]
}
