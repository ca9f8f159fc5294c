import { type DeviceInfoOnWire, deviceName, type UserDevice } from 'latchkey/client'

/** How many places are named before the rest is counted. */
const namedPlaces = 3

/** What its user calls it, or else what it is. */
export function shownName(device: UserDevice | null, info: DeviceInfoOnWire): string {
  return deviceName(info, device?.name)
}

/** Both names for those who hear them: `Work laptop, Chrome on Windows 11`. */
export function fullName(device: UserDevice | null, info: DeviceInfoOnWire): string {
  return device?.name ? `${device.name}, ${deviceName(info)}` : deviceName(info)
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

/** `Resembles Work laptop (87 %)`; null where it resembles none. */
export function resemblanceText(
  device: UserDevice,
  find: (deviceId: string) => UserDevice | null,
): string | null {
  if (device.resembles === null) return null
  const other = find(device.resembles.device_id)
  const name = other ? shownName(other, other.device_info) : 'a device that was forgotten'
  return `Resembles ${name} (${Math.round(device.resembles.confidence * 100)}\u00a0%)`
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
