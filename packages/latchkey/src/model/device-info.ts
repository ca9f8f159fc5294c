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
  /** `Chrome`, `Safari`, …; of a bot its own name (`Googlebot`); `unknown` where it is unknown. */
  readonly browser: string
  /** The version as far as it is known (`142`, `17.5`); null where it is unknown. */
  readonly browserVersion: string | null
  /** What the browser draws pages with: `Blink`, `Gecko`, `WebKit`, …; null where it is unknown. */
  readonly engine: string | null
  /** `Windows`, `iOS`, …; `unknown` where it is unknown. */
  readonly os: string
  /** Null where it is unknown: no version is shown rather than a wrong one. */
  readonly osVersion: string | null
  /** Whose make the device is, in the maker's own spelling: `Apple`, `Samsung`, …; null where it is unknown. */
  readonly brand: string | null
  /** `iPhone`, `Pixel 8`, `SM-S918B`; null where it is unknown: most browsers do not say it any more. */
  readonly model: string | null
  /** A place in words (`Oslo, Norway`), or null where it is unknown. */
  readonly location: string | null
}

/** A device of which nothing is known. */
export const unknownDevice: DeviceInfo = {
  type: 'unknown',
  browser: 'unknown',
  browserVersion: null,
  engine: null,
  os: 'unknown',
  osVersion: null,
  brand: null,
  model: null,
  location: null,
}
