import { invalidArgument } from '../../foundation/errors.ts'
import type { Page, PageRequest } from '../../foundation/page.ts'
import type { Alert } from '../../model/alert.ts'
import type { AlertFilter, AlertTally } from '../../ports/alert-store.ts'
import { type AlertRow, alertColumns, toAlert } from './alert-row.ts'
import type { Connection, Values } from './connection.ts'

/** One more than the page holds says whether another page follows. */
export function listAlerts(connection: Connection, filter: AlertFilter, page: PageRequest): Page<Alert> {
  const conditions = conditionsOf(filter)
  if (page.cursor !== null) conditions.push('(last_at, id) < (:cursorAt, :cursorId)')
  const rows = connection.all<AlertRow>(
    `SELECT ${alertColumns} FROM session_alerts ${indexFor(filter)}${where(conditions)}
     ORDER BY last_at DESC, id DESC LIMIT :limit`,
    { ...valuesOf(filter), ...cursorValues(page.cursor), limit: page.limit + 1 },
  )
  const items = rows.slice(0, page.limit).map(toAlert)
  const last = items.at(-1)
  return { items, next: last && rows.length > items.length ? `${last.lastAt}.${last.id}` : null }
}

/** Mostly by what the index holds. */
export function tallyAlerts(connection: Connection, filter: AlertFilter): readonly AlertTally[] {
  const rows = connection.all<AlertTally>(
    `SELECT detector, state, severity, count(*) AS count
     FROM session_alerts ${indexFor(filter)}${where(conditionsOf(filter))} GROUP BY 1, 2, 3`,
    valuesOf(filter),
  )
  return rows.map(({ detector, state, severity, count }) => ({ detector, state, severity, count }))
}

function cursorValues(cursor: string | null): Values {
  if (cursor === null) return {}
  const [, at, id] = /^(\d{1,16})\.(alr_[a-z2-7]{26})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined)
    throw invalidArgument('cursor', 'must be one that a page came with')
  return { cursorAt: Number(at), cursorId: id }
}

const unresolved: readonly string[] = ['open', 'acknowledged']

/** Those are few where severities are named: what asks nobody to act is mostly left unresolved. */
function isUnresolvedOnly({ states, severities }: AlertFilter): boolean {
  return states.length > 0 && severities.length > 0 && states.every((state) => unresolved.includes(state))
}

/** Named, so that no statistics and no later version of the planner can choose a scan instead. */
function indexFor(filter: AlertFilter): string {
  if (filter.sessionId !== null) return 'INDEXED BY session_alerts_by_session'
  if (filter.userId !== null) return 'INDEXED BY session_alerts_by_user'
  if (isUnresolvedOnly(filter)) return 'INDEXED BY session_alerts_unresolved'
  return 'INDEXED BY session_alerts_newest'
}

function conditionsOf(filter: AlertFilter): string[] {
  const { userId, sessionId, detectors, states, severities, assignee, from, until } = filter
  const conditions: string[] = []
  if (isUnresolvedOnly(filter)) conditions.push("state IN ('open', 'acknowledged')")
  if (sessionId !== null) conditions.push('session_id = :sessionId')
  if (userId !== null) conditions.push('user_id = :userId')
  if (detectors.length > 0) conditions.push('detector IN (SELECT value FROM json_each(:detectors))')
  if (states.length > 0) conditions.push('state IN (SELECT value FROM json_each(:states))')
  if (severities.length > 0) conditions.push('severity IN (SELECT value FROM json_each(:severities))')
  if (assignee !== null) conditions.push("coalesce(assignee, '') = :assignee")
  if (from !== null) conditions.push('last_at >= :from')
  if (until !== null) conditions.push('last_at < :until')
  return conditions
}

function valuesOf({ detectors, states, severities, ...filter }: AlertFilter): Values {
  return {
    ...filter,
    detectors: JSON.stringify(detectors),
    states: JSON.stringify(states),
    severities: JSON.stringify(severities),
  }
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}
