import type { Alert } from '../../model/alert.ts'
import type { NewSessionEvent } from '../../model/session-event.ts'
import type { AlertStore, DetectionBatch } from '../../ports/alert-store.ts'
import { listAlerts, tallyAlerts } from './alert-query.ts'
import {
  type AlertRow,
  alertColumns,
  insertAlert,
  replaceAlert,
  toAlert,
  toAlertValues,
} from './alert-row.ts'
import type { Connection } from './connection.ts'
import { addMute, mutesOf, putSetting, settingsOf } from './detector-settings.ts'
import { appendEvents } from './event-log.ts'
import type { GroupCommit } from './group-commit.ts'
import { beginReader, moveReader, readerOf } from './log-readers.ts'
import {
  areOvertaken,
  countHistories,
  forgetHistories,
  historiesOf,
  putHistories,
  replaceHistory,
} from './user-histories.ts'

type Events = readonly NewSessionEvent[]

export function sqliteAlertStore(connection: Connection, group: GroupCommit): AlertStore {
  return {
    position: async () => readerOf(connection, 'detectors')?.position ?? null,
    begin: (position) => group.write(() => beginReader(connection, 'detectors', position), 'let-sleep'),
    histories: async (userIds) => historiesOf(connection, userIds),
    replaceHistory: (history) => group.write(() => replaceHistory(connection, history), 'let-sleep'),
    unresolved: async (keys) => unresolvedOf(connection, keys),
    apply: (batch) =>
      group.write(() => applyBatch(connection, batch), batch.events.length > 0 ? 'wake' : 'let-sleep'),
    async find(id) {
      const sql = `SELECT ${alertColumns} FROM session_alerts WHERE id = :id`
      const row = connection.get<AlertRow>(sql, { id })
      return row ? toAlert(row) : null
    },
    replace: (next, events) => group.write(() => replaceOne(connection, next, events)),
    add: (alert, events) =>
      group.write(() => {
        connection.run(insertAlert, toAlertValues(alert))
        appendEvents(connection, events)
      }),
    list: async (filter, page) => listAlerts(connection, filter, page),
    tally: async (filter) => tallyAlerts(connection, filter),
    unanswered: async (limit) => connection.all<AlertRow>(unanswered, { limit }).map(toAlert),
    ...settingsAndMutes(connection, group),
    forget: (before, limit) => group.write(() => connection.run(forgetClosed, { before, limit })),
    async countBefore(before, most) {
      return connection.get<{ count: number }>(countClosed, { before, most })?.count ?? 0
    },
    async countHistoriesBefore(before, most) {
      return connection.get<{ count: number }>(countHistories, { before, most })?.count ?? 0
    },
    forgetHistories: (before, limit) => group.write(() => connection.run(forgetHistories, { before, limit })),
  }
}

type OfSettings = Pick<AlertStore, 'settings' | 'putSetting' | 'mutes' | 'addMute' | 'removeMute'>

function settingsAndMutes(connection: Connection, group: GroupCommit): OfSettings {
  return {
    settings: async () => settingsOf(connection),
    putSetting: (setting, events) =>
      group.write(() => {
        putSetting(connection, setting)
        appendEvents(connection, events)
      }),
    mutes: async () => mutesOf(connection),
    addMute: (mute, events) =>
      group.write(() => {
        addMute(connection, mute)
        appendEvents(connection, events)
      }),
    removeMute: (id, events) =>
      group.write(() => {
        const removed = connection.run('DELETE FROM session_alert_mutes WHERE id = :id', { id }) > 0
        if (removed) appendEvents(connection, events)
        return removed
      }),
  }
}

/** Each key by its index; those about nobody have no user, which `IS` finds. */
function unresolvedOf(
  connection: Connection,
  keys: Parameters<AlertStore['unresolved']>[0],
): readonly Alert[] {
  if (keys.length === 0) return []
  const named = keys.map(({ detector, subject, userId }) => [detector, subject, userId])
  return connection.all<AlertRow>(unresolved, { keys: JSON.stringify(named) }).map(toAlert)
}

const unresolved = `SELECT ${alertColumns} FROM session_alerts WHERE rowid IN (
  SELECT alerts.rowid FROM json_each(:keys) AS named
  CROSS JOIN session_alerts AS alerts INDEXED BY session_alerts_by_matter
    ON alerts.state IN ('open', 'acknowledged') AND alerts.detector = named.value ->> 0
      AND alerts.subject = named.value ->> 1 AND alerts.user_id IS named.value ->> 2)`

/** Looks before it writes, so that a batch that comes too late changes nothing. */
function applyBatch(connection: Connection, batch: DetectionBatch): boolean {
  const { after, upTo, histories, alerts, events } = batch
  if (readerOf(connection, 'detectors')?.position !== after) return false
  if (!areAsRead(connection, batch.examined)) return false
  const old = alerts.filter(({ version }) => version > 1)
  if (!old.every((alert) => hasVersion(connection, alert.id, alert.version - 1))) return false
  if (areOvertaken(connection, histories)) return false
  moveReader(connection, 'detectors', after, upTo, null)
  putHistories(connection, histories)
  for (const alert of alerts) {
    connection.run(alert.version > 1 ? replaceAlert : insertAlert, toAlertValues(alert))
  }
  appendEvents(connection, events)
  return true
}

/** Whether all of those events are there and none has been erased. */
function areAsRead(connection: Connection, positions: readonly number[]): boolean {
  const left = connection.get<{ count: number }>(countAsRead, { positions: JSON.stringify(positions) })
  return left?.count === positions.length
}

const countAsRead = `SELECT count(*) AS count FROM session_events
  WHERE position IN (SELECT value FROM json_each(:positions)) AND type <> 'event.erased'`

function hasVersion(connection: Connection, id: Alert['id'], version: number): boolean {
  const sql = 'SELECT 1 FROM session_alerts WHERE id = :id AND version = :version'
  return connection.get(sql, { id, version }) !== undefined
}

function replaceOne(connection: Connection, next: Alert, events: Events): boolean {
  if (connection.run(replaceAlert, toAlertValues(next)) === 0) return false
  appendEvents(connection, events)
  return true
}

const unanswered = `SELECT ${alertColumns} FROM session_alerts INDEXED BY session_alerts_unanswered
  WHERE response IS NOT NULL AND responded_at IS NULL ORDER BY first_at, id LIMIT :limit`

const closed = `session_alerts INDEXED BY session_alerts_closed
  WHERE state IN ('resolved', 'false-alarm') AND last_at < :before`

const forgetClosed = `DELETE FROM session_alerts WHERE rowid IN (
  SELECT rowid FROM ${closed} ORDER BY last_at LIMIT :limit)`

const countClosed = `SELECT count(*) AS count FROM (SELECT 1 FROM ${closed} LIMIT :most)`
