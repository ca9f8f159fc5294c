import { deviceTypeNames } from '../device/device-type-names.ts'

/** A value that a key is known to take. */
export interface KnownValue {
  readonly value: string
  /** What it means, where it does not say that by itself. */
  readonly meaning?: string
}

/** A key of the filter's grammar, as people are told of it. */
interface FilterKey {
  readonly meaning: string
  /** Those that it can have; absent where they come from what was seen, or are any text. */
  readonly values?: readonly KnownValue[]
}

/** In the order in which they are offered. */
export const filterKeys: Readonly<Record<string, FilterKey>> = {
  user: { meaning: 'ID of the user' },
  state: {
    meaning: 'Live or ended',
    values: [
      { value: 'live', meaning: 'Active now' },
      { value: 'ended', meaning: 'Over, for whatever reason' },
    ],
  },
  type: {
    meaning: 'Type of device',
    values: Object.entries(deviceTypeNames).map(([value, meaning]) => ({ value, meaning })),
  },
  browser: { meaning: 'Name of the browser' },
  os: { meaning: 'Operating system' },
  country: { meaning: 'Country, by its two letters' },
  network: { meaning: 'Network, by its AS number' },
  ip: { meaning: 'Address, or a network: 192.0.2.0/24' },
  created: {
    meaning: 'When it was signed in to',
    values: [
      { value: '<24h', meaning: 'In the last 24 hours' },
      { value: '<7d', meaning: 'In the last 7 days' },
      { value: '<30d', meaning: 'In the last 30 days' },
      { value: '>30d', meaning: 'Longer ago than 30 days' },
    ],
  },
  active: {
    meaning: 'When it was last used',
    values: [
      { value: '<1h', meaning: 'In the last hour' },
      { value: '<7d', meaning: 'In the last 7 days' },
      { value: '>7d', meaning: 'Not for 7 days' },
      { value: '>30d', meaning: 'Not for 30 days' },
    ],
  },
  risk: {
    meaning: 'With an alert of at least that severity',
    values: [
      { value: 'low', meaning: 'Low or more' },
      { value: 'medium', meaning: 'Medium or more' },
      { value: 'high', meaning: 'High or critical' },
      { value: 'critical', meaning: 'Critical only' },
    ],
  },
  device: { meaning: 'ID of a device, beside its user' },
}
