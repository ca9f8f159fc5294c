import { invalidArgument } from '../foundation/errors.ts'
import type { JsonObject } from '../foundation/json.ts'
import { type Duration, type Instant, inSeconds } from '../foundation/time.ts'
import type { Device, DeviceRecord } from '../model/device.ts'
import type { Actor } from '../model/session.ts'
import { longestTrust, trustUntil } from '../rules/device-trust.ts'
import type { RequestOptions } from './change-options.ts'
import { checkActor, checkObject, checkRequestId, checkText } from './check-argument.ts'
import { type DeviceOptions, findDevice, viewOf } from './list-devices.ts'
import { replaceDevice } from './replace-device.ts'
import type { Wiring } from './wiring.ts'

/** What its user changes of a device; what is left out stays as it is. */
export interface DeviceChange {
  /** What they call it: 1 to 60 characters on one line, without the space around it; null: nothing of their own. */
  readonly name?: string | null
  /** For how long from now they trust it, at most `days(400)`; null: not any more. */
  readonly trustedFor?: Duration | null
}

/** Whose device it is, and who changes it. */
export interface DeviceChangeOptions extends DeviceOptions, RequestOptions {
  /** Default: the user. */
  readonly by?: Actor
}

/** In characters: one line of a list. */
const longestName = 60

/** Control characters, line breaks, and what turns the direction of the text behind it. */
const notInNames = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

/** One of these at least: a name that nobody sees leaves a line of the list empty. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

export async function changeDevice(
  wiring: Wiring,
  id: string,
  change: DeviceChange,
  options: DeviceChangeOptions = {},
): Promise<Device | null> {
  checkObject('change', change)
  const name = isStated(change.name) ? checkName(change.name) : change.name
  const trustedFor = isStated(change.trustedFor) ? checkTrust(change.trustedFor) : change.trustedFor
  const by = options.by === undefined ? null : checkActor('by', options.by)
  const request = checkRequestId(options.request)
  const changed = await replaceDevice(wiring, {
    find: () => findDevice(wiring, id, options),
    next: async (found, now) => ({
      ...found,
      name: name === undefined ? found.name : name,
      trustedUntil: trustedUntil(found, trustedFor, now),
    }),
    by: ({ userId }) => by ?? `user:${userId}`,
    request,
    shown,
  })
  return changed === null ? null : viewOf(wiring, changed)
}

/** The name is the user's own words, and may name anybody. */
function shown({ name, trustedUntil }: DeviceRecord): JsonObject {
  return { is_named: name !== null, trusted_until: trustedUntil }
}

function trustedUntil(
  found: DeviceRecord,
  trustedFor: Duration | null | undefined,
  now: Instant,
): Instant | null {
  if (trustedFor === undefined) return found.trustedUntil
  return trustedFor === null ? null : trustUntil(now, trustedFor)
}

function checkName(value: unknown): string {
  const given = typeof value === 'string' ? value.trim() : value
  // As people count them: a character beyond the basic plane is two units of a string.
  if (typeof given === 'string' && [...given].length > longestName) {
    throw invalidArgument('name', `must be a string of 1 to ${longestName} characters`)
  }
  const name = checkText('name', given, 2 * longestName)
  if (notInNames.test(name)) throw invalidArgument('name', 'must be one line without control characters')
  if (!visible.test(name)) throw invalidArgument('name', 'must have a character that can be seen')
  return name
}

function checkTrust(value: unknown): Duration {
  const trust = typeof value === 'number' ? Math.round(value) : Number.NaN
  if (trust >= 1 && trust <= longestTrust) return trust as Duration
  throw invalidArgument('trustedFor', `must be more than 0 and at most ${inSeconds(longestTrust)} seconds`)
}

function isStated<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined
}
