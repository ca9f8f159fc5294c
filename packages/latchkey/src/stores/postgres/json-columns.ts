import { type JsonObject, parseJsonObject } from '../../foundation/json.ts'
import type { DeviceId, Resemblance } from '../../model/device.ts'
import { type DeviceInfo, deviceTypes, unknownDevice } from '../../model/device-info.ts'
import { type Network, networkKinds, type Place } from '../../model/place.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

// JSON in `snake_case`, as on the wire, for those who look at the tables with SQL.

export function fromDevice(device: DeviceInfo): string {
  return JSON.stringify({
    type: device.type,
    browser: toStoredText(device.browser),
    browser_version: orNull(device.browserVersion, toStoredText),
    engine: orNull(device.engine, toStoredText),
    os: toStoredText(device.os),
    os_version: orNull(device.osVersion, toStoredText),
    brand: orNull(device.brand, toStoredText),
    model: orNull(device.model, toStoredText),
    location: orNull(device.location, toStoredText),
  })
}

export function toDevice(stored: unknown): DeviceInfo {
  const device = objectOf(stored)
  return {
    type: deviceTypes.find((type) => type === device.type) ?? 'unknown',
    browser: textOf(device.browser) ?? unknownDevice.browser,
    browserVersion: textOf(device.browser_version),
    engine: textOf(device.engine),
    os: textOf(device.os) ?? unknownDevice.os,
    osVersion: textOf(device.os_version),
    brand: textOf(device.brand),
    model: textOf(device.model),
    location: textOf(device.location),
  }
}

export function fromPlace(place: Place): string {
  const { network } = place
  return JSON.stringify({
    country: orNull(place.country, toStoredText),
    region: orNull(place.region, toStoredText),
    city: orNull(place.city, toStoredText),
    latitude: place.latitude,
    longitude: place.longitude,
    accuracy_radius: place.accuracyRadius,
    network: network && { ...network, name: orNull(network.name, toStoredText) },
  })
}

export function toPlace(stored: unknown): Place {
  const place = objectOf(stored)
  return {
    country: textOf(place.country),
    region: textOf(place.region),
    city: textOf(place.city),
    latitude: numberOf(place.latitude),
    longitude: numberOf(place.longitude),
    accuracyRadius: numberOf(place.accuracy_radius),
    network: orNull(place.network ?? null, toNetwork),
  }
}

function toNetwork(stored: unknown): Network {
  const network = objectOf(stored)
  return {
    asn: numberOf(network.asn),
    name: textOf(network.name),
    kind: networkKinds.find((kind) => kind === network.kind) ?? 'unknown',
  }
}

export function fromResemblance({ deviceId, confidence }: Resemblance): string {
  return JSON.stringify({ device_id: deviceId, confidence })
}

export function toResemblance(stored: unknown): Resemblance {
  const resemblance = objectOf(stored)
  return {
    deviceId: String(resemblance.device_id) as DeviceId,
    confidence: numberOf(resemblance.confidence) ?? 0,
  }
}

/** Some drivers read JSON themselves, some bring its text. */
export function fromJson<Value>(value: unknown): Value {
  return (typeof value === 'string' ? JSON.parse(value) : value) as Value
}

export function orNull<Value, Result>(value: Value | null, convert: (value: Value) => Result): Result | null {
  return value === null ? null : convert(value)
}

export function objectOf(stored: unknown): JsonObject {
  if (typeof stored === 'object' && stored !== null && !Array.isArray(stored)) return stored as JsonObject
  return parseJsonObject(typeof stored === 'string' ? stored : JSON.stringify(stored)) ?? {}
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? fromStoredText(value) : null
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
