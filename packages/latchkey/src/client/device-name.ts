import type { DeviceInfoOnWire } from '../http-api/wire-types.ts'
import { type DeviceWords, englishDeviceWords } from './device-words.ts'

/** What is known of a device; its model is in `UserDevice`. */
export type NamedDevice = DeviceInfoOnWire & { readonly model?: string | null }

/**
 * What people call a device: the name that its user gave it, otherwise `Chrome on Windows 11`, `iPhone · Safari`,
 * `Android phone · Chrome`, `PlayStation 5`, as far as it is known. A version is left out rather than wrong.
 *
 * @param device - What is known of it. With the `model` of a `UserDevice` a phone goes by that where it is a name
 * (`Pixel 8`) and not a number (`SM-S918B`).
 * @param name - What its user calls it; null: nothing of their own.
 * @param words - The words around the names, for other languages. Default English.
 * @example
 * for (const { device_info, model, name } of (await sessionService.getDevices()).devices) {
 *   console.log(deviceName({ ...device_info, model }, name))
 * }
 */
export function deviceName(
  device: NamedDevice,
  name: string | null = null,
  words: DeviceWords = englishDeviceWords,
): string {
  const own = name?.trim()
  if (own) return own
  const browser = known(device.browser)
  const system = systemName(device)
  const kind = words.kinds[device.type] ?? words.kinds.unknown
  if (device.type === 'bot') return browser ?? kind
  if (device.type === 'console') return system ?? browser ?? kind
  const thing = thingName(device, words)
  if (thing !== null) return joined(thing, browser)
  if (wholes.has(device.type)) return joined(kind, browser ?? system)
  if (system !== null) return words.browserOn(browser ?? words.unknownBrowser, system)
  return browser ?? kind
}

/** What has a word in small letters; makers' numbers have none. */
const spokenModel = /[a-z]{3}/

/** What people name by what it is rather than by its system. */
const wholes: ReadonlySet<string> = new Set(['tv', 'wearable', 'car'])

/** A phone or a tablet, where its system says whose it is. */
function thingName({ type, os, model }: NamedDevice, words: DeviceWords): string | null {
  if (os === 'iPadOS' || (os === 'iOS' && type === 'tablet')) return 'iPad'
  if (os === 'iOS' && type === 'mobile') return 'iPhone'
  if (os !== 'Android') return null
  if (type !== 'mobile' && type !== 'tablet') return null
  if (model && spokenModel.test(model)) return model
  return type === 'mobile' ? words.androidPhone : words.androidTablet
}

/** The system, with its version where people know it by that. */
function systemName({ os, os_version }: DeviceInfoOnWire): string | null {
  const system = known(os)
  const version = system && os_version ? spokenVersion(system, os_version) : null
  return version === null ? system : `${system} ${version}`
}

/**
 * `11`, `8.1`, `XP`, and `26` for `26.1.0`. Browsers on every later macOS say that it is 10.15, and nobody knows
 * a Linux by its number.
 */
function spokenVersion(system: string, version: string): string | null {
  if (system === 'Windows') return /^(?:\d{1,2}(?:\.1)?|XP|Vista)$/.test(version) ? version : null
  if (system === 'PlayStation') return /^\d{1,2}$/.test(version) ? version : null
  if (system !== 'macOS') return null
  const [whole, major, minor] = /^(\d{2})(?:\.(\d{1,2}))?(?:\.|$)/.exec(version) ?? []
  if (whole === undefined || major === undefined) return null
  if (major !== '10') return major
  return minor === undefined || Number(minor) >= 15 ? null : `10.${minor}`
}

function known(name: string): string | null {
  return name === '' || name === 'unknown' ? null : name
}

function joined(first: string, second: string | null): string {
  return second === null ? first : `${first} · ${second}`
}
