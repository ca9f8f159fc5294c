import { invalidArgument } from '../foundation/errors.ts'
import type { JsonObject } from '../foundation/json.ts'
import type { Instant } from '../foundation/time.ts'
import type { Mute } from '../model/alert.ts'
import { isMuteId, newMuteId } from '../model/alert-id.ts'
import { isDeviceId } from '../model/device.ts'
import { type ChangeOrigin, systemActor } from '../model/session.ts'
import { type NewSessionEvent, plainEvent } from '../model/session-event.ts'
import type { ChangeOptions } from './change-options.ts'
import { originOf } from './change-origin.ts'
import { checkInstant, checkInteger, checkObject, checkText, checkUserId } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** What nobody wants to hear of; what is null or left out is no condition, and one at least is there. */
export interface NewMute {
  readonly detector?: string | null
  readonly userId?: string | null
  readonly deviceId?: string | null
  /** The number of an autonomous system. */
  readonly network?: number | null
  /** Later than now; null or left out: for ever. */
  readonly until?: Instant | null
  /** Why, in at most 500 characters. */
  readonly note?: string | null
}

/** In characters. */
const longestDetector = 100
const longestNote = 500
/** Numbers of autonomous systems have 32 bits (RFC 6793). */
const greatestNetwork = 2 ** 32 - 1
/** As many as are listed: one that nobody sees would silence alerts that nobody misses. */
const mostMutes = 1_000

export async function addMute(wiring: Wiring, wanted: NewMute, options: ChangeOptions = {}): Promise<Mute> {
  const origin = originOf(wiring, options)
  const mute = checkMute(wanted, origin)
  const { alerts } = wiring.storage
  if (!(await hasRoom(wiring, origin))) {
    throw invalidArgument('mute', `is one too many: there are ${mostMutes}, which is the most`)
  }
  await alerts.addMute(mute, [muteEvent('mute.added', mute, await userOf(wiring, mute), origin)])
  return mute
}

/** Those that are over make room where it takes them all. */
async function hasRoom(wiring: Wiring, { at, request }: ChangeOrigin): Promise<boolean> {
  const { alerts } = wiring.storage
  const mutes = await alerts.mutes()
  if (mutes.length < mostMutes) return true
  const over = mutes.filter(({ until }) => until !== null && until <= at)
  for (const mute of over) {
    const event = muteEvent('mute.removed', mute, await userOf(wiring, mute), {
      at,
      by: systemActor,
      request,
    })
    await alerts.removeMute(mute.id, [event])
  }
  return over.length > 0
}

/** False where there is none. */
export async function removeMute(wiring: Wiring, id: string, options: ChangeOptions = {}): Promise<boolean> {
  const origin = originOf(wiring, options)
  const { alerts } = wiring.storage
  const found = isMuteId(id) ? (await alerts.mutes()).find((mute) => mute.id === id) : undefined
  if (found === undefined) return false
  return alerts.removeMute(id, [muteEvent('mute.removed', found, await userOf(wiring, found), origin)])
}

function checkMute(wanted: NewMute, { at, by }: ChangeOrigin): Mute {
  checkObject('mute', wanted)
  const { detector, userId, deviceId, network, until, note } = wanted
  const device = deviceId ?? null
  if (device !== null && !isDeviceId(device)) throw invalidArgument('deviceId', 'must be the id of a device')
  const conditions = {
    detector: given(detector, (value) => checkText('detector', value, longestDetector)),
    userId: given(userId, (value) => checkUserId('userId', value)),
    deviceId: device,
    network: given(network, (value) => checkInteger('network', value, 0, greatestNetwork)),
  }
  if (Object.values(conditions).every((condition) => condition === null)) {
    throw invalidArgument('mute', 'must name a detector, a user, a device or a network')
  }
  const over = given(until, (value) => checkInstant('until', value))
  if (over !== null && over <= at) throw invalidArgument('until', 'must be later than now')
  return {
    id: newMuteId(),
    ...conditions,
    until: over,
    note: given(note, (value) => checkText('note', value, longestNote)),
    by,
    at,
  }
}

function given<Value, Result>(
  value: Value | null | undefined,
  check: (value: Value) => Result,
): Result | null {
  return value === null || value === undefined ? null : check(value)
}

/** Whom it is about: a device is somebody's, and what names it goes with whoever is forgotten. */
async function userOf({ storage }: Wiring, { userId, deviceId }: Mute): Promise<string | null> {
  if (userId !== null || deviceId === null) return userId
  return (await storage.devices.find(deviceId))?.userId ?? null
}

function muteEvent(
  type: 'mute.added' | 'mute.removed',
  { id, detector, deviceId, network, until }: Mute,
  userId: string | null,
  { at, by, request }: ChangeOrigin,
): NewSessionEvent {
  const shown: JsonObject = { mute: id, detector, network, until }
  const isAdded = type === 'mute.added'
  return plainEvent({
    type,
    at,
    actor: by,
    request,
    userId,
    deviceId,
    before: isAdded ? null : shown,
    after: isAdded ? shown : null,
  })
}
