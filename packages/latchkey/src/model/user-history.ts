import type { Instant } from '../foundation/time.ts'
import type { DeviceId } from './device.ts'
import type { Place } from './place.ts'
import type { SessionId } from './session-token.ts'

/** What detectors know of a user from before: made of sign-ins, bounded, without addresses. */
export interface UserHistory {
  readonly userId: string
  /** Goes up by one with each change, from 1; 0: it was never stored. Tells whether somebody else changed it meanwhile. */
  readonly version: number
  /** Of the first sign-in that is in it; null: there is none. */
  readonly since: Instant | null
  readonly signIns: number
  /** Days in UTC with a sign-in. */
  readonly activeDays: number
  /** Of the newest sign-in or change; null: there is none. */
  readonly lastAt: Instant | null
  /** By device id. The newest 50. */
  readonly devices: readonly KnownThing[]
  /** By ISO 3166-1 alpha-2. The newest 50. */
  readonly countries: readonly KnownThing[]
  /** By number of the autonomous system, as a text. The newest 50. */
  readonly networks: readonly KnownThing[]
  /** Kinds of networks that hide where somebody is, behind which they were seen: `vpn`, `tor`, `hosting`. */
  readonly hidden: readonly KnownThing[]
  /** Browsers with their systems that they signed in with (`Chrome on Windows`). The newest 50. */
  readonly clients: readonly KnownThing[]
  /** Sign-ins by hour of the day in UTC, 24 numbers; once an hour and day. */
  readonly hours: readonly number[]
  /** The newest 64 sign-ins, oldest first. */
  readonly recent: readonly RecentSignIn[]
  /** Sign-ins of each of the last 28 days that had one, oldest first. */
  readonly days: readonly DayOfSignIns[]
  /** The newest sighting that tells where its user was (`locatedPlace`); null: there is none. */
  readonly lastPlace: SeenPlace | null
  /** The newest browser version by device (`<device id> <browser>`). The newest 50. */
  readonly versions: readonly KnownVersion[]
}

/** A device, a country, a network or a browser that a user was seen with. */
export interface KnownThing {
  readonly key: string
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly times: number
  /** Its user said that this was them. */
  readonly confirmed: boolean
}

/** A sign-in, for who counts those of the last minutes. */
export interface RecentSignIn {
  readonly at: Instant
  readonly sessionId: SessionId
  readonly deviceId: DeviceId | null
}

/** A day that had one. */
export interface DayOfSignIns {
  /** `2026-11-23`, in UTC. */
  readonly date: string
  readonly signIns: number
}

/** Where a user was seen, and when. */
export interface SeenPlace {
  readonly at: Instant
  readonly place: Place
}

/** What a browser on a device said of its version. */
export interface KnownVersion {
  readonly key: string
  readonly browserVersion: string | null
  readonly osVersion: string | null
}

/** Of the JSON of a stored one; what the version that wrote it did not know yet is empty. */
export function readHistory(text: string): UserHistory {
  const stored = JSON.parse(text) as UserHistory
  return { ...noHistory(stored.userId), ...stored }
}

/** It, changed, as the next of the one that is stored: what a store takes in its place. */
export function nextVersion(history: UserHistory): UserHistory {
  return { ...history, version: history.version + 1 }
}

/** Somebody of whom nothing is known. */
export function noHistory(userId: string): UserHistory {
  return {
    userId,
    version: 0,
    since: null,
    signIns: 0,
    activeDays: 0,
    lastAt: null,
    devices: [],
    countries: [],
    networks: [],
    hidden: [],
    clients: [],
    hours: new Array<number>(24).fill(0),
    recent: [],
    days: [],
    lastPlace: null,
    versions: [],
  }
}
