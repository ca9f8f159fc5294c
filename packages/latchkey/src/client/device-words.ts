import type { DeviceTypeOnWire } from '../http-api/wire-types.ts'

/** The words of a device's name that are no names themselves. */
export interface DeviceWords {
  /** What it is called by its type: alone where nothing else is known, before the browser on a TV, a watch and in a car. */
  readonly kinds: Readonly<Record<DeviceTypeOnWire, string>>
  readonly androidPhone: string
  readonly androidTablet: string
  readonly unknownBrowser: string
  /** `Chrome on Windows 11`. */
  readonly browserOn: (browser: string, system: string) => string
}

/** The words that are used where the application gives none. */
export const englishDeviceWords: DeviceWords = {
  kinds: {
    desktop: 'Computer',
    mobile: 'Phone',
    tablet: 'Tablet',
    tv: 'TV',
    console: 'Games console',
    wearable: 'Watch',
    car: 'Car',
    bot: 'Bot',
    unknown: 'Unknown device',
  },
  androidPhone: 'Android phone',
  androidTablet: 'Android tablet',
  unknownBrowser: 'Unknown browser',
  browserOn: (browser, system) => `${browser} on ${system}`,
}
