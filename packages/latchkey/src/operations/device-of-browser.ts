import { invalidArgument } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import { type DeviceId, type DeviceRecord, newDeviceId } from '../model/device.ts'
import { deviceOfTokens, devicesOfOthers, formatDeviceToken } from '../model/device-token.ts'
import type { DeviceTrust, SessionRecord } from '../model/session.ts'
import type { DevicePlan } from '../ports/session-store.ts'
import { earlierSessionsOf } from '../rules/device-replacement.ts'
import { trustInForce } from '../rules/device-trust.ts'
import type { SessionPolicy } from '../rules/session-policy.ts'
import type { Wiring } from './wiring.ts'

/** The device that a session was created on. */
export interface SignedInDevice {
  readonly id: DeviceId
  /** What its browser keeps to be known again by this user: a secret of that browser, for a long time. */
  readonly token: string
  /** Whether the browser named none of its user's that is still on record, so that it was added with this session. */
  readonly isNew: boolean
}

/** Which device of the user a browser is. */
export interface DeviceOfBrowser {
  readonly id: DeviceId
  /** `new`: its id was made for this call. */
  readonly knowledge: DevicePlan['knowledge']
  readonly trust: DeviceTrust
}

/** How many tokens of one browser are looked at; each costs an HMAC. More people than that seldom share one. */
const mostTokens = 8

/** Null: the caller takes no part. Throws `invalid-argument`. */
export function checkDeviceTokens(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value) || !value.every((token) => typeof token === 'string')) {
    throw invalidArgument('deviceTokens', 'must be an array of strings, or null')
  }
  return value.slice(0, mostTokens)
}

/** The one that a token names, where it is still on record, or a new one. Null: no part is taken, or there is no secret. */
export async function deviceOf(
  { deviceKeys, storage }: Wiring,
  userId: string,
  tokens: readonly string[] | null,
  now: Instant,
): Promise<DeviceOfBrowser | null> {
  if (deviceKeys === null || tokens === null) return null
  const named = deviceOfTokens(deviceKeys.tokens, tokens, userId)
  const found = named === null ? null : await storage.devices.find(named)
  if (found === null || found.userId !== userId) {
    return { id: newDeviceId(userId), knowledge: 'new', trust: 'untrusted' }
  }
  const isTrusted = trustInForce(found.trustedUntil, now) !== null
  return { id: found.id, knowledge: 'known', trust: isTrusted ? 'trusted' : 'untrusted' }
}

/** How many other users have signed in with that browser, as far as it is looked at; null where that is not known. */
export function otherUsersOf(
  { deviceKeys }: Wiring,
  userId: string,
  tokens: readonly string[] | null,
): number | null {
  return deviceKeys === null || tokens === null ? null : devicesOfOthers(deviceKeys.tokens, tokens, userId)
}

/**
 * The record is that of a new device in any case: one that is forgotten at this very moment comes back as a
 * stranger, without its name, its trust and its fingerprints.
 */
export function devicePlan(
  policy: SessionPolicy,
  { id, knowledge }: DeviceOfBrowser,
  session: SessionRecord,
): DevicePlan {
  const record: DeviceRecord = {
    id,
    shard: session.shard,
    userId: session.userId,
    version: 1,
    name: null,
    deviceInfo: session.deviceInfo,
    firstSeenAt: session.createdAt,
    lastSeenAt: session.createdAt,
    trustedUntil: null,
    fingerprints: [],
    fingerprintedAt: null,
    resembles: null,
  }
  // Whoever knows but a password, and not the factor that is owed, ends nobody's session.
  const sessions = session.stage === 'pending' ? 'keep-earlier' : earlierSessionsOf(policy)
  return { record, knowledge, sessions }
}

/** Of a repeated call, the session has the device that the first one gave it. */
export function signedIn(
  { deviceKeys }: Wiring,
  { deviceId: id, userId }: SessionRecord,
  device: DeviceOfBrowser,
): SignedInDevice | null {
  if (deviceKeys === null || id === null) return null
  const isNew = device.knowledge === 'new' || device.id !== id
  return { id, token: formatDeviceToken(deviceKeys.tokens, id, userId), isNew }
}
