/** What kind of thing a session runs on. `unknown` is said rather than guessed. */
export const deviceTypes = [
  'desktop',
  'mobile',
  'tablet',
  'tv',
  'console',
  'wearable',
  'car',
  'bot',
  'unknown',
] as const

/** One of {@link deviceTypes}. */
export type DeviceType = (typeof deviceTypes)[number]

/** What is known about the device of a session, in words that its user recognises. */
export interface DeviceInfo {
  readonly type: DeviceType
  /** `Chrome`, `Safari`, …; `unknown` where it is unknown. */
  readonly browser: string
  /** The version as far as it is known (`142`, `17.5`); null where it is unknown. */
  readonly browserVersion: string | null
  /** `Windows`, `iOS`, …; `unknown` where it is unknown. */
  readonly os: string
  /** Null where it is unknown: no version is shown rather than a wrong one. */
  readonly osVersion: string | null
  /** A place in words (`Oslo, Norway`), or null where it is unknown. */
  readonly location: string | null
}

/** A device of which nothing is known. */
export const unknownDevice: DeviceInfo = {
  type: 'unknown',
  browser: 'unknown',
  browserVersion: null,
  os: 'unknown',
  osVersion: null,
  location: null,
}
