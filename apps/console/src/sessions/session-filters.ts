import type { DeviceTypeOnWire } from 'latchkey/client'
import { deviceTypeNames } from '../device/device-type-names.ts'

/** What the URL of the page says; absent is no condition. Named as the API names it. */
export interface SessionFilters {
  search?: string
  user_id?: string
  device_type?: DeviceTypeOnWire
  state?: 'live' | 'ended'
  ip_address?: string
  /** Where the page begins; absent on the first one. */
  cursor?: string
}

export const pageSize = 50

/** What the API takes, in characters; the rest is cut off. */
const lengths = { search: 255, user_id: 255, ip_address: 64, cursor: 512 } as const

const textNames = ['search', 'user_id', 'ip_address', 'cursor'] as const

export function parseSessionFilters(search: Record<string, unknown>): SessionFilters {
  const { device_type: deviceType, state } = search
  const filters: SessionFilters = {}
  for (const name of textNames) {
    const text = plainText(search[name], lengths[name])
    if (text !== '') filters[name] = text
  }
  if (isDeviceType(deviceType)) filters.device_type = deviceType
  if (state === 'live' || state === 'ended') filters.state = state
  return filters
}

/** With the change, without what became empty, and from the first page. */
export function changeFilters(filters: SessionFilters, change: Record<string, string>): SessionFilters {
  return parseSessionFilters({ ...filters, ...change, cursor: '' })
}

export function toQuery(filters: SessionFilters): URLSearchParams {
  return new URLSearchParams({ ...filters, limit: String(pageSize) })
}

export function isFiltered({ cursor: _, ...conditions }: SessionFilters): boolean {
  return Object.keys(conditions).length > 0
}

function plainText(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.trim().slice(0, longest) : ''
}

function isDeviceType(value: unknown): value is DeviceTypeOnWire {
  return typeof value === 'string' && Object.hasOwn(deviceTypeNames, value)
}
