import type { Page, PageRequest } from '../../foundation/page.ts'
import type { Alert } from '../../model/alert.ts'
import type { NewSessionEvent } from '../../model/session-event.ts'
import type { AlertFilter, AlertStore, AlertTally, DetectionBatch } from '../../ports/alert-store.ts'
import { lockMaintenance } from './advisory-locks.ts'
import { alertCursorAfter, listAlertsStatement, tallyAlertsStatement } from './alert-query.ts'
import { type AlertRow, alertColumns, toAlert } from './alert-row.ts'
import { appendEvents } from './append-events.ts'
import { type Changes, telling } from './changes.ts'
import type { Connection, Statements } from './connection.ts'
import { addMute, putSetting, readMutes, readSettings, removeMute } from './detector-settings.ts'
import { countUpTo, forgetFirst } from './first-rows.ts'
import { orNull } from './json-columns.ts'
import { beginReader, movedReader, reader } from './log-readers.ts'
import { addAlerts, replaceAlerts } from './put-alerts.ts'
import type { Big } from './row.ts'
import type { Values } from './statement.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'
import { findHistories, oldHistories, putHistories, replaceHistory } from './user-histories.ts'

const findStatement = `SELECT ${alertColumns} FROM session_alerts WHERE id = :id::text`

/** Of users, and of nobody: null equals nothing, so that each asks in its own way. */
const unresolvedStatement = [
  '(user_id, detector, subject) IN (SELECT user_id, detector, subject FROM asked WHERE user_id IS NOT NULL)',
  'user_id IS NULL AND (detector, subject) IN (SELECT detector, subject FROM asked WHERE user_id IS NULL)',
]
  .map(
    (isAsked) => `SELECT ${alertColumns} FROM session_alerts
  WHERE state IN ('open', 'acknowledged') AND ${isAsked}`,
  )
  .join(' UNION ALL ')

const askedKeys = `WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(:detectors::text[], :users::text[], :subjects::text[]) AS asked (detector, user_id, subject))`

const asReadStatement = `SELECT count(*) AS count FROM session_event_log
  WHERE position = ANY (:positions::bigint[]) AND type <> 'event.erased'`

const unansweredStatement = `SELECT ${alertColumns} FROM session_alerts
  WHERE response IS NOT NULL AND responded_at IS NULL ORDER BY first_at, id LIMIT :limit::bigint`

const oldAlerts = {
  table: 'session_alerts',
  key: 'id',
  oldest: 'last_at',
  isOld: "state IN ('resolved', 'false-alarm') AND last_at < :before::bigint",
}

export function postgresAlertStore(connection: Connection, changes: Changes): AlertStore {
  const changing = <Result>(change: (statements: Statements) => Promise<Result>): Promise<Result> =>
    telling(changes, changes.changed, () => connection.transaction(change))
  const found = async (sql: string, values: Values): Promise<Alert[]> =>
    (await connection.all<AlertRow>(sql, values)).map(toAlert)
  return {
    position: async () => (await reader(connection, 'detectors'))?.position ?? null,
    begin: (position) => beginReader(connection, 'detectors', position),
    histories: (userIds) => findHistories(connection, userIds),
    replaceHistory: (history) => replaceHistory(connection, history),

    async unresolved(keys) {
      if (keys.length === 0) return []
      return found(`${askedKeys} ${unresolvedStatement}`, {
        detectors: keys.map(({ detector }) => toStoredText(detector)),
        users: keys.map(({ userId }) => orNull(userId, toStoredText)),
        subjects: keys.map(({ subject }) => toStoredText(subject)),
      })
    },

    apply: (batch) => applyUnlessOvertaken(changing, batch),
    find: async (id) => (await found(findStatement, { id }))[0] ?? null,
    replace: (next, events) => changing((statements) => replaceAlert(statements, next, events)),
    add: (alert, events) =>
      changing(async (statements) => {
        await addAlerts(statements, [alert])
        await appendEvents(statements, events)
      }),
    list: async (filter, page) => listAlerts(connection, filter, page),
    tally: (filter) => tallyAlerts(connection, filter),
    unanswered: (limit) => found(unansweredStatement, { limit }),
    ...settingsAndMutes(connection, changing),
    ...forgetting(connection),
  }
}

type Forgetting = Pick<AlertStore, 'forget' | 'countBefore' | 'forgetHistories' | 'countHistoriesBefore'>

function forgetting(connection: Connection): Forgetting {
  return {
    forget: (before, limit) => forgetFirst(connection, oldAlerts, { before, limit }),
    countBefore: (before, most) => countUpTo(connection, oldAlerts, { before, most }),
    forgetHistories: (before, limit) => forgetFirst(connection, oldHistories, { before, limit }),
    countHistoriesBefore: (before, most) => countUpTo(connection, oldHistories, { before, most }),
  }
}

type Changing = <Result>(change: (statements: Statements) => Promise<Result>) => Promise<Result>

type SettingsAndMutes = Pick<AlertStore, 'settings' | 'putSetting' | 'mutes' | 'addMute' | 'removeMute'>

function settingsAndMutes(connection: Connection, changing: Changing): SettingsAndMutes {
  return {
    settings: () => readSettings(connection),
    putSetting: (setting, events) =>
      changing(async (statements) => {
        await putSetting(statements, setting)
        await appendEvents(statements, events)
      }),
    mutes: () => readMutes(connection),
    addMute: (mute, events) =>
      changing(async (statements) => {
        await addMute(statements, mute)
        await appendEvents(statements, events)
      }),
    removeMute: (id, events) =>
      changing(async (statements) => {
        const isRemoved = await removeMute(statements, id)
        if (isRemoved) await appendEvents(statements, events)
        return isRemoved
      }),
  }
}

/** Thrown in a transaction, to undo it. */
const overtaken = new Error('An alert or a history of the batch was changed meanwhile.')

async function applyUnlessOvertaken(changing: Changing, batch: DetectionBatch): Promise<boolean> {
  try {
    return await changing((statements) => applyBatch(statements, batch))
  } catch (thrown) {
    if (thrown === overtaken) return false
    throw thrown
  }
}

/** Whoever erases holds the same lock: what they have begun is over before the events are looked at. */
async function applyBatch(statements: Statements, batch: DetectionBatch): Promise<boolean> {
  await lockMaintenance(statements)
  if (!(await areAsRead(statements, batch.examined))) return false
  if (!(await movedReader(statements, 'detectors', batch))) return false
  const grown = batch.alerts.filter(({ version }) => version > 1)
  if ((await replaceAlerts(statements, grown)) < grown.length) throw overtaken
  await addAlerts(
    statements,
    batch.alerts.filter(({ version }) => version === 1),
  )
  if (!(await putHistories(statements, batch.histories))) throw overtaken
  await appendEvents(statements, batch.events)
  return true
}

/** Whether all of those events are there and none has been erased. */
async function areAsRead(statements: Statements, positions: readonly number[]): Promise<boolean> {
  const [left] = await statements.all<{ count: Big }>(asReadStatement, { positions })
  return Number(left?.count) === positions.length
}

async function replaceAlert(
  statements: Statements,
  next: Alert,
  events: readonly NewSessionEvent[],
): Promise<boolean> {
  const isReplaced = (await replaceAlerts(statements, [next])) > 0
  if (isReplaced) await appendEvents(statements, events)
  return isReplaced
}

async function tallyAlerts(connection: Connection, filter: AlertFilter): Promise<readonly AlertTally[]> {
  const { sql, values } = tallyAlertsStatement(filter)
  const rows = await connection.all<Omit<AlertTally, 'count'> & { readonly count: Big }>(sql, values)
  return rows.map(({ detector, state, severity, count }) => ({
    detector: fromStoredText(detector),
    state,
    severity,
    count: Number(count),
  }))
}

async function listAlerts(
  connection: Connection,
  filter: AlertFilter,
  page: PageRequest,
): Promise<Page<Alert>> {
  const { sql, values } = listAlertsStatement(filter, page)
  const alerts = (await connection.all<AlertRow>(sql, values)).map(toAlert)
  const items = alerts.slice(0, page.limit)
  const last = items.at(-1)
  return { items, next: last && alerts.length > items.length ? alertCursorAfter(last) : null }
}
