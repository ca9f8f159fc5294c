import type { AlertOnWire, AlertStateOnWire, SeverityOnWire } from 'latchkey/client'
import { severities } from '../severity/severity-badge.tsx'

/** What the URL of the page says; absent is no condition. Named as the API names it. */
export interface AlertSearch {
  /** Absent: the open ones. */
  state?: AlertStateOnWire
  detector?: string
  user_id?: string
  severity?: SeverityOnWire
  /** `me`, or those that nobody looks after. */
  assignee?: Assignee
  /** The id of the one that is looked at. */
  alert?: string
  cursor?: string
}

/** Whose alerts can be asked for. */
export const assignees = { me: 'Mine', nobody: 'Nobody’s' } as const

type Assignee = keyof typeof assignees

/** In the order of their tabs. */
export const alertStates: readonly AlertStateOnWire[] = ['open', 'acknowledged', 'resolved', 'false-alarm']

const pageSize = 50

const lengths = { detector: 100, user_id: 255, alert: 64, cursor: 512 } as const

export function parseAlertSearch(search: Record<string, unknown>): AlertSearch {
  const found: AlertSearch = {}
  for (const name of ['detector', 'user_id', 'alert', 'cursor'] as const) {
    const value = search[name]
    const text = typeof value === 'string' ? value.trim().slice(0, lengths[name]) : ''
    if (text !== '') found[name] = text
  }
  const { state, severity, assignee } = search
  const inTab = alertStates.find((one) => one === state && one !== 'open')
  if (inTab !== undefined) found.state = inTab
  const known = severities.find((one) => one === severity)
  if (known !== undefined) found.severity = known
  if (assignee === 'me' || assignee === 'nobody') found.assignee = assignee
  return found
}

/** With the change, without what became empty, from the first page, and with none looked at. */
export function changeAlertSearch(search: AlertSearch, change: Record<string, string>): AlertSearch {
  return parseAlertSearch({ ...search, ...change, cursor: '', alert: '' })
}

/** What the API is asked. Those of severity `info` ask nobody to act: they are listed where they are asked for. */
export function toAlertQuery({
  state = 'open',
  detector,
  user_id,
  severity,
  assignee,
  cursor,
}: AlertSearch): URLSearchParams {
  const query = new URLSearchParams({ state, limit: String(pageSize) })
  for (const [name, value] of Object.entries({ detector, user_id, cursor }))
    if (value !== undefined) query.set(name, value)
  if (assignee !== undefined) query.set('assignee', assignee === 'me' ? 'me' : '')
  const wanted = severity === undefined ? severities.filter((one) => one !== 'info') : [severity]
  for (const one of wanted) query.append('severity', one)
  return query
}

export function isNarrowed({ detector, user_id, severity, assignee }: AlertSearch): boolean {
  return [detector, user_id, severity, assignee].some((condition) => condition !== undefined)
}

/** What asks to be acted upon by how much it matters, then by time; what is over by time alone. */
export function inOrder(alerts: readonly AlertOnWire[], state: AlertStateOnWire): AlertOnWire[] {
  const byTime = (a: AlertOnWire, b: AlertOnWire): number => Date.parse(b.last_at) - Date.parse(a.last_at)
  if (state === 'resolved' || state === 'false-alarm') return alerts.toSorted(byTime)
  const rank = ({ severity }: AlertOnWire): number => severities.indexOf(severity)
  return alerts.toSorted((a, b) => rank(a) - rank(b) || byTime(a, b))
}

/** The alert that is next to it; null where it is the only one. */
export function neighbourOf(alerts: readonly AlertOnWire[], id: string): string | null {
  const place = alerts.findIndex((alert) => alert.id === id)
  if (place === -1) return alerts[0]?.id ?? null
  return (alerts[place + 1] ?? alerts[place - 1])?.id ?? null
}
