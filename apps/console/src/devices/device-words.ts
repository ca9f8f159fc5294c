import { type DeviceInfoOnWire, deviceName, type UserDevice } from 'latchkey/client'
import { exactMoment } from '../moment/exact-moment.ts'

/** How many places are named before the rest is counted. */
const namedPlaces = 3

/** What its user calls it, or else what it is. */
export function shownName(device: UserDevice | null, info: DeviceInfoOnWire): string {
  return device?.name || kindName(device, info)
}

/** What it is, by its model where that has a name (`Pixel 8 · Chrome`). */
export function kindName(device: UserDevice | null, info: DeviceInfoOnWire): string {
  return deviceName({ ...info, model: device?.model ?? null })
}

/** Both names for those who hear them: `Work laptop, Chrome on Windows 11`. */
export function fullName(device: UserDevice | null, info: DeviceInfoOnWire): string {
  return device?.name ? `${device.name}, ${kindName(device, info)}` : kindName(device, info)
}

/** As `fullName`, with what tells devices of one kind apart: since when it is known. */
export function describedDevice(device: UserDevice): string {
  return `${fullName(device, device.device_info)}, first seen ${exactMoment(device.first_seen)}`
}

/** `Also used 3 times from Oslo`: the other sessions of the device from that place; null where there are none. */
export function alsoUsedText(device: UserDevice, location: string | null): string | null {
  if (location === null) return null
  const others = (device.places.find((place) => place.location === location)?.sessions ?? 0) - 1
  return others > 0 ? `Also used ${times(others)} from ${shortPlace(location)}` : null
}

/** `Used from Oslo 12 times, Bergen once`, most often first; null where nothing is known. */
export function placesText({ places }: UserDevice): string | null {
  const known = places.flatMap(({ location, sessions }) =>
    location === null ? [] : [`${shortPlace(location)} ${times(sessions)}`],
  )
  if (known.length === 0) return null
  const rest = known.length - namedPlaces
  if (rest <= 1) return `Used from ${known.join(', ')}`
  return `Used from ${known.slice(0, namedPlaces).join(', ')} and ${rest} other places`
}

export function activeSessionsText(count: number): string {
  if (count === 0) return 'Signed out'
  return count === 1 ? '1 active session' : `${count} active sessions`
}

function times(count: number): string {
  if (count === 1) return 'once'
  return count === 2 ? 'twice' : `${count} times`
}

/** `Oslo` of `Oslo, Norway`. */
function shortPlace(location: string): string {
  return location.split(',', 1)[0] ?? location
}
