import { hasKey } from '../filter-field/typed-words.ts'
import { allOf, condition } from '../links/filter-text.ts'

/** What the URL of the page says; absent is no condition. Named as the API names it. */
export interface SessionFilters {
  /** In the grammar of filters. */
  filter?: string
  /** Where the page begins; absent on the first one. */
  cursor?: string
}

export const pageSize = 50

/** What the API takes, in characters; the rest is cut off. */
const lengths = { filter: 4_000, cursor: 512 } as const

/** Conditions that had a name of their own in links of earlier versions, with their keys of today. */
const earlierNames = { user_id: 'user', device_type: 'type', state: 'state', ip_address: 'ip' } as const

export function parseSessionFilters(search: Record<string, unknown>): SessionFilters {
  // Read more than once for one address, with what was made of the earlier names beside them: a filter has them already.
  const filter =
    plainText(search['filter'], lengths.filter) || plainText(allOf(...earlier(search)), lengths.filter)
  const cursor = plainText(search['cursor'], lengths.cursor)
  return { ...(filter === '' ? {} : { filter }), ...(cursor === '' ? {} : { cursor }) }
}

export function toQuery(filters: SessionFilters): URLSearchParams {
  return new URLSearchParams({ ...filters, limit: String(pageSize) })
}

/** The filter of those that are live among these; null where none can be. */
export function liveAmong(filter: string): string | null {
  if (!hasKey(filter, 'state')) return allOf(filter, 'state:live')
  return /(?:^|\s)state:"?live"?(?:\s|$)/i.test(filter) ? filter : null
}

/** Where the browser gets the sessions of a filter as a file. */
export function exportPath(filter: string, format: 'csv' | 'json'): string {
  return `/api/v1/admin/sessions/export?${new URLSearchParams({ ...(filter === '' ? {} : { filter }), format })}`
}

function earlier(search: Record<string, unknown>): string[] {
  const words = Object.entries(earlierNames).map(([name, key]) => {
    const value = plainText(search[name], 255)
    return value === '' ? '' : condition(key, value)
  })
  const text = plainText(search['search'], 255)
  return [...words, /[\s":-]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : text]
}

function plainText(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.trim().slice(0, longest) : ''
}
