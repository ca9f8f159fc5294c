import type { AnalyticsGroup, AnalyticsShare, DeviceTypeOnWire } from 'latchkey/client'
import { deviceTypeNames } from '../device/device-type-names.ts'
import { countryName } from '../places/country-name.ts'
import { factors } from '../policy/explain-search.ts'
import { endReasonName } from '../sessions/end-reason-text.ts'
import type { Share } from './share-list.tsx'

/** How a value of a group is called. */
export function shareName(group: AnalyticsGroup, value: string): string {
  if (value === 'other') return 'All others'
  if (value === 'unknown' || value === '') return 'Unknown'
  switch (group) {
    case 'device_type':
      return deviceTypeNames[value as DeviceTypeOnWire] ?? value
    case 'country':
      return countryName(value) ?? value
    case 'network':
      return /^\d+$/.test(value) ? `AS${value}` : value
    case 'method':
      return value
        .split('+')
        .map((factor) => factors[factor] ?? factor)
        .join(' + ')
    case 'reason':
      return endReasonName(value)
    default:
      return value
  }
}

/** The shares of an answer as bars, each with the sessions behind it. */
export function sharesOf(group: AnalyticsGroup, shares: readonly AnalyticsShare[]): Share[] {
  return shares.map(({ value, created, created_before: before, filter }) => ({
    key: value,
    name: shareName(group, value),
    count: created,
    before,
    target: filter === null ? null : { to: 'sessions', filter },
  }))
}

/** All of them together. */
export function sumOf(shares: readonly AnalyticsShare[]): number {
  return shares.reduce((sum, { created }) => sum + created, 0)
}
