import { invalidArgument } from '../foundation/errors.ts'
import { type DeviceInfo, deviceTypes, unknownDevice } from '../model/device-info.ts'
import type { Place } from '../model/place.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import { placeInWords } from '../rules/place-in-words.ts'
import { checkObject, checkOneOf, checkText } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

type DeviceField = keyof DeviceInfo

/** In characters; what a signal source makes longer is cut. */
const longestOf: Readonly<Record<Exclude<DeviceField, 'type'>, number>> = {
  browser: 100,
  browserVersion: 50,
  engine: 50,
  os: 100,
  osVersion: 50,
  brand: 100,
  model: 100,
  location: 200,
}

const fields = Object.keys(unknownDevice) as DeviceField[]

/** The stated device as far as it says something. Throws `invalid-argument` naming the field at fault. */
export function checkDevice(stated: unknown): Partial<DeviceInfo> {
  if (stated === undefined) return {}
  const given = checkObject('deviceInfo', stated)
  const known: Partial<Record<DeviceField, unknown>> = {}
  for (const field of fields) {
    if (given[field] !== undefined) known[field] = checkField(field, given[field])
  }
  return known as Partial<DeviceInfo>
}

function checkField(field: DeviceField, value: unknown): string | null {
  const name = `deviceInfo.${field}`
  if (field === 'type') return checkOneOf(name, value, deviceTypes)
  if (value === null && unknownDevice[field] === null) return null
  return checkText(name, value, longestOf[field])
}

/**
 * What the sources make of the request, each winning over the ones before; the words of the place over what they
 * say of it; and the stated device over all.
 */
export function senseDevice(
  wiring: Wiring,
  facts: RequestFacts,
  place: Place | null,
  stated: Partial<DeviceInfo>,
): DeviceInfo {
  let device = unknownDevice
  for (const source of wiring.signals) {
    try {
      device = { ...device, ...acceptable(source.sense(facts)) }
    } catch (error) {
      // A source that breaks its promise must not keep anybody from signing in.
      wiring.report(error, `signal ${source.name}`)
    }
  }
  const words = placeInWords(place)
  const located = words === null ? {} : { location: cutText(words, longestOf.location) }
  return { ...device, ...located, ...stated }
}

function acceptable(sensed: Partial<DeviceInfo>): Partial<DeviceInfo> {
  const cut: Partial<Record<DeviceField, unknown>> = {}
  for (const field of fields) {
    const value = sensed[field]
    if (value === undefined) continue
    cut[field] = field === 'type' || value === null ? value : cutText(value, longestOf[field])
  }
  return checkDevice(cut)
}

/** Text from outside, made fit to be kept: cut, without NUL, well-formed. */
export function cutText(text: string, longest: number): string {
  return text.slice(0, longest).replaceAll('\0', '').toWellFormed()
}

/** Throws unless it is a plain object of texts. */
export function checkClientHints(value: unknown): Readonly<Record<string, string>> | null {
  if (value === undefined || value === null) return null
  const hints = checkObject('clientHints', value)
  for (const hint of Object.values(hints)) {
    if (typeof hint !== 'string') throw invalidArgument('clientHints', 'must hold strings only')
  }
  return hints as Readonly<Record<string, string>>
}
