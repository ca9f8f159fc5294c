import { invalidArgument } from '../../foundation/errors.ts'
import type { PageRequest } from '../../foundation/page.ts'
import type { Alert } from '../../model/alert.ts'
import type { AlertFilter } from '../../ports/alert-store.ts'
import { alertColumns } from './alert-row.ts'
import { orNull } from './json-columns.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

interface Statement {
  readonly sql: string
  readonly values: Values
}

/** One alert more than the page holds, which says whether another page follows. */
export function listAlertsStatement(filter: AlertFilter, page: PageRequest): Statement {
  const conditions = [...conditionsOf(filter)]
  if (page.cursor !== null) conditions.push('(last_at, id) < (:cursorAt::bigint, :cursorId::text)')
  return {
    sql: `SELECT ${alertColumns} FROM session_alerts${where(conditions)}
      ORDER BY last_at DESC, id DESC LIMIT :limit::bigint`,
    values: { ...valuesOf(filter), ...cursorValues(page.cursor), limit: page.limit + 1 },
  }
}

export function tallyAlertsStatement(filter: AlertFilter): Statement {
  const sql = `SELECT detector, state, severity, count(*) AS count
    FROM session_alerts${where(conditionsOf(filter))} GROUP BY 1, 2, 3`
  return { sql, values: valuesOf(filter) }
}

/** `<lastAt>.<id>` of the last item. */
export function alertCursorAfter({ lastAt, id }: Pick<Alert, 'lastAt' | 'id'>): string {
  return `${lastAt}.${id}`
}

function cursorValues(cursor: string | null): Values {
  if (cursor === null) return {}
  const [, at, id] = /^(\d{1,16})\.(alr_[a-z2-7]{26})$/.exec(cursor) ?? []
  if (at === undefined) throw invalidArgument('cursor', 'must be one that a page came with')
  return { cursorAt: Number(at), cursorId: id }
}

function conditionsOf(filter: AlertFilter): readonly string[] {
  const { userId, sessionId, detectors, states, severities, assignee, from, until } = filter
  return [
    ...(userId === null ? [] : ['user_id = :userId::text']),
    ...(sessionId === null ? [] : ['session_id = :sessionId::text']),
    ...(detectors.length === 0 ? [] : ['detector = ANY (:detectors::text[])']),
    ...(states.length === 0 ? [] : ['state = ANY (:states::text[])']),
    ...(severities.length === 0 ? [] : ['severity = ANY (:severities::text[])']),
    ...(assignee === null ? [] : [assignee === '' ? 'assignee IS NULL' : 'assignee = :assignee::text']),
    ...(from === null ? [] : ['last_at >= :from::bigint']),
    ...(until === null ? [] : ['last_at < :until::bigint']),
  ]
}

function valuesOf({
  userId,
  sessionId,
  detectors,
  states,
  severities,
  assignee,
  from,
  until,
}: AlertFilter): Values {
  return {
    userId: orNull(userId, toStoredText),
    sessionId,
    detectors: detectors.map(toStoredText),
    states,
    severities,
    assignee: toStoredText(assignee ?? ''),
    from,
    until,
  }
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}
