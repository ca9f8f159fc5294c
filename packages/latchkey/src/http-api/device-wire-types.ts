/** The part of `wire-types` that is about devices, browsers and places. */

/** What kind of thing a session runs on. */
export type DeviceTypeOnWire =
  | 'desktop'
  | 'mobile'
  | 'tablet'
  | 'tv'
  | 'console'
  | 'wearable'
  | 'car'
  | 'bot'
  | 'unknown'

/** What is known about the device of a session. */
export interface DeviceInfoOnWire {
  type: DeviceTypeOnWire
  /** Of a bot its own name; `unknown` where it is unknown. */
  browser: string
  browser_version: string | null
  /** `unknown` where it is unknown. */
  os: string
  os_version: string | null
  location: string | null
}

/** As `SessionEventOnWire`, of a device. `device.changed`: its name, its trust or what is known of it. */
export interface DeviceEventOnWire {
  type: 'device.added' | 'device.changed' | 'device.forgotten'
  device_id: string
  at: string
}

/** How often a device was signed in on from one place, as far as sessions are on record. */
export interface DevicePlaceOnWire {
  /** `Oslo, Norway`; null where it was unknown. */
  location: string | null
  sessions: number
  last_seen: string
}

/** A device as its user sees it: one browser, or one application. */
export interface UserDevice {
  /** Public and stable; no secret. */
  id: string
  /** What its user calls it; null: nothing of their own. */
  name: string | null
  /** As of the last sign-in. */
  device_info: DeviceInfoOnWire
  /** `Blink`, `Gecko`, `WebKit`, …; null where it is unknown. */
  engine: string | null
  /** `Apple`, `Samsung`, …; null where it is unknown. */
  brand: string | null
  /** `iPhone`, `Pixel 8`; null where it is unknown: most browsers do not say it any more. */
  model: string | null
  first_seen: string
  /** The last sign-in on it. */
  last_seen: string
  /** Null when it is not trusted, also when its trust is over. */
  trusted_until: string | null
  /** Whether the request that asked was made in a session of it. */
  is_current: boolean
  active_sessions: number
  /** Most often first. */
  places: DevicePlaceOnWire[]
  /** Another device of the user that its browser looks like, with a confidence from 0 to 1: evidence, no proof. */
  resembles: { device_id: string; confidence: number } | null
}

/** Answer of `GET /api/v1/security/devices`. */
export interface DevicesResponse {
  /** Last seen first; at most 200. */
  devices: UserDevice[]
  total_count: number
}

/** Body of `PATCH /api/v1/security/devices/{device_id}`; what is left out stays as it is. */
export interface ChangeDeviceRequest {
  /** 1 to 60 characters; null: back to none. */
  name?: string | null
  /** From now on; at most 400 days. Null: not any more. */
  trusted_for_seconds?: number | null
}

/** Answer to forgetting a device. */
export interface ForgetDeviceResponse {
  message: string
  forgotten: boolean
  /** Sessions that ended with it. */
  revoked_count: number
  current: 'revoked' | 'kept'
}

/** Answer of `GET /api/v1/security/fingerprint`. */
export interface FingerprintStateResponse {
  /** As the operator has it: not looked at, looked at once the user has agreed, or looked at. */
  mode: 'off' | 'consent' | 'on'
  /** When the one of this device was last taken; null: never, or forgotten since. */
  taken_at: string | null
}

/** Body of `POST /api/v1/security/fingerprint`: what the browser says of itself, of which keyed hashes are kept. */
export interface FingerprintRequest {
  components: Partial<Record<FingerprintComponentOnWire, string>>
  /** Needed where the mode is `consent`: that the user has agreed. */
  consent?: boolean
}

/** What of a browser is looked at. */
export type FingerprintComponentOnWire =
  | 'canvas'
  | 'audio'
  | 'webgl'
  | 'fonts'
  | 'screen'
  | 'hardware_concurrency'
  | 'device_memory'
  | 'time_zone'
  | 'languages'

/** Data from which places are known. */
export interface PlaceDataOnWire {
  name: string
  /** SPDX (`CC-BY-4.0`), or as its owner says. */
  licence: string
  /** What has to be shown wherever places are; null where nothing has. */
  attribution: string | null
  url: string | null
  /** When the data was made; null where it does not say. */
  built_at: string | null
}

/** Answer of `GET /api/v1/security/place-data`. */
export interface PlaceDataResponse {
  level: 'off' | 'country' | 'city'
  sources: PlaceDataOnWire[]
}

/** The network of an address. */
export interface NetworkOnWire {
  asn: number | null
  name: string | null
  kind: 'isp' | 'mobile' | 'hosting' | 'relay' | 'vpn' | 'tor' | 'private' | 'unknown'
}
