import { randomBase32 } from '../foundation/bytes.ts'
import type { Instant } from '../foundation/time.ts'
import type { DeviceInfo } from './device-info.ts'
import type { Fingerprint } from './fingerprint.ts'
import { shardCharacters, shardInId, shardOfUser } from './session-token.ts'

/**
 * The public name of a device: `dev_`, two base32 characters of the user's shard, twenty-two of randomness. One
 * browser profile of one user; two people who share a browser have two.
 */
export type DeviceId = `dev_${string}`

const idPattern = /^dev_[a-z2-7]{24}$/

export function newDeviceId(userId: string): DeviceId {
  return `dev_${shardCharacters(shardOfUser(userId))}${randomBase32(22)}`
}

/** Whether the value has the shape of a device id; says nothing of whether there is such a device. */
export function isDeviceId(text: unknown): text is DeviceId {
  return typeof text === 'string' && idPattern.test(text)
}

/** The shard that the id names, which is that of its user. */
export function shardOfDevice(id: DeviceId): number {
  return shardInId(id)
}

/** That a device looks like another one of the same user. */
export interface Resemblance {
  readonly deviceId: DeviceId
  /** From 0 to 1: the share of what could be compared that is the same, by weight. */
  readonly confidence: number
}

/** Text that only the holder of a data key can read. */
export type SealedText = string

/** One row of `user_devices`: facts, never conclusions. */
export interface DeviceRecord {
  readonly id: DeviceId
  /** 0 to 1023, from the user id: everything about one user has one shard. */
  readonly shard: number
  readonly userId: string
  /** Starts at 1 and grows by one with each `replace`. */
  readonly version: number
  /** What its user calls it; null: nothing of their own. */
  readonly name: string | null
  /** As of the last sign-in, its place included. */
  readonly deviceInfo: DeviceInfo
  readonly firstSeenAt: Instant
  /** The last sign-in on it. */
  readonly lastSeenAt: Instant
  /** Until when its user trusts it; null: they do not. */
  readonly trustedUntil: Instant | null
  /** Oldest first; empty where none was taken. A text where a store keeps them sealed: verbs never see that. */
  readonly fingerprints: readonly Fingerprint[] | SealedText
  /** When the newest of them was taken; null: there are none. */
  readonly fingerprintedAt: Instant | null
  /** Which other device of the user it looked like when its first fingerprint came; null: like none. */
  readonly resembles: Resemblance | null
}

/** How often a device was signed in on from one place, as far as sessions are on record. */
export interface DevicePlace {
  /** In words (`Oslo, Norway`); null where it was unknown. */
  readonly location: string | null
  readonly sessions: number
  readonly lastSeenAt: Instant
}

/** A device as the library shows it. */
export interface Device {
  readonly id: DeviceId
  readonly userId: string
  readonly name: string | null
  readonly deviceInfo: DeviceInfo
  readonly firstSeenAt: Instant
  readonly lastSeenAt: Instant
  /** Null when it is not trusted, also when its trust is over. */
  readonly trustedUntil: Instant | null
  readonly resembles: Resemblance | null
  /** When the newest fingerprint was taken; null: none is kept. */
  readonly fingerprintedAt: Instant | null
  readonly activeSessions: number
  /** Most often first. */
  readonly places: readonly DevicePlace[]
}
