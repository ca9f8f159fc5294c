import { parseJsonObject } from '../../foundation/json.ts'
import type { Instant } from '../../foundation/time.ts'
import type { Alert, AlertNote } from '../../model/alert.ts'
import type { Values } from './connection.ts'

/** A row of `session_alerts`. This file is the only place where a column meets a field. */
export interface AlertRow {
  readonly id: Alert['id']
  readonly detector: string
  readonly severity: Alert['severity']
  readonly user_id: string | null
  readonly session_id: Alert['sessionId']
  readonly device_id: Alert['deviceId']
  readonly subject: string
  readonly reason: string
  readonly evidence: string
  readonly first_at: Instant
  readonly last_at: Instant
  readonly count: number
  readonly state: Alert['state']
  readonly assignee: string | null
  readonly answer: Alert['answer']
  readonly answered_at: Instant | null
  readonly response: Alert['response']
  readonly responded_at: Instant | null
  readonly notes: string
  readonly version: number
}

const names = [
  'id',
  'detector',
  'severity',
  'user_id',
  'session_id',
  'device_id',
  'subject',
  'reason',
  'evidence',
  'first_at',
  'last_at',
  'count',
  'state',
  'assignee',
  'answer',
  'answered_at',
  'response',
  'responded_at',
  'notes',
  'version',
]

export const alertColumns: string = names.join(', ')

export const insertAlert: string = `INSERT INTO session_alerts (${alertColumns})
  VALUES (${names.map((name) => `:${name}`).join(', ')})`

/** By compare-and-swap on the version. */
export const replaceAlert: string = `UPDATE session_alerts
  SET ${names.map((name) => `${name} = :${name}`).join(', ')} WHERE id = :id AND version = :version - 1`

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    detector: row.detector,
    severity: row.severity,
    userId: row.user_id,
    sessionId: row.session_id,
    deviceId: row.device_id,
    subject: row.subject,
    reason: row.reason,
    evidence: parseJsonObject(row.evidence) ?? {},
    firstAt: row.first_at,
    lastAt: row.last_at,
    count: row.count,
    state: row.state,
    assignee: row.assignee,
    answer: row.answer,
    answeredAt: row.answered_at,
    response: row.response,
    respondedAt: row.responded_at,
    notes: JSON.parse(row.notes) as readonly AlertNote[],
    version: row.version,
  }
}

export function toAlertValues(alert: Alert): Values {
  return {
    id: alert.id,
    detector: alert.detector,
    severity: alert.severity,
    user_id: alert.userId,
    session_id: alert.sessionId,
    device_id: alert.deviceId,
    subject: alert.subject,
    reason: alert.reason,
    evidence: JSON.stringify(alert.evidence),
    first_at: alert.firstAt,
    last_at: alert.lastAt,
    count: alert.count,
    state: alert.state,
    assignee: alert.assignee,
    answer: alert.answer,
    answered_at: alert.answeredAt,
    response: alert.response,
    responded_at: alert.respondedAt,
    notes: JSON.stringify(alert.notes),
    version: alert.version,
  }
}
