import { eventTypes } from './event-types.ts'

/** What the URL of the page says; absent is no condition. Named as the API names it. */
export interface AuditFilters {
  /** Whom it is about. */
  user_id?: string
  /** Who did it, as the log has it: `admin:usr_1`. */
  actor?: string
  type?: string
  /** The id of a request, or of a bulk ending. */
  request_id?: string
  /** ISO 8601, in UTC: the page shows the same to a colleague in another zone. */
  from?: string
  until?: string
  /** Where the page begins; absent on the first one. */
  cursor?: string
}

export const pageSize = 50

const lengths = { user_id: 255, actor: 255, request_id: 255, cursor: 512 } as const

export function parseAuditFilters(search: Record<string, unknown>): AuditFilters {
  const filters: AuditFilters = {}
  for (const name of ['user_id', 'actor', 'request_id', 'cursor'] as const) {
    const value = search[name]
    const text = typeof value === 'string' ? value.trim().slice(0, lengths[name]) : ''
    if (text !== '') filters[name] = text
  }
  const { type } = search
  if (typeof type === 'string' && Object.hasOwn(eventTypes, type)) filters.type = type
  for (const name of ['from', 'until'] as const) {
    const instant = instantText(search[name])
    if (instant !== null) filters[name] = instant
  }
  return filters
}

/** With the change, without what became empty, and from the first page. */
export function changeAuditFilters(filters: AuditFilters, change: Record<string, string>): AuditFilters {
  return parseAuditFilters({ ...filters, ...change, cursor: '' })
}

export function toAuditQuery(filters: AuditFilters): URLSearchParams {
  return new URLSearchParams({ ...filters, limit: String(pageSize) })
}

export function isAuditFiltered({ cursor: _, ...conditions }: AuditFilters): boolean {
  return Object.keys(conditions).length > 0
}

function instantText(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** What a field for a local date and time shows for an instant; empty for none. */
export function localText(iso: string | undefined): string {
  if (iso === undefined) return ''
  const at = new Date(iso)
  const two = (number: number): string => String(number).padStart(2, '0')
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}
