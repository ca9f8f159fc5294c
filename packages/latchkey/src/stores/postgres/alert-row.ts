import type { Alert, AlertAnswer, AlertId, AlertNote, AlertState, Mute, Response } from '../../model/alert.ts'
import type { DeviceId } from '../../model/device.ts'
import { type Severity, severities } from '../../model/finding.ts'
import type { SessionId } from '../../model/session-token.ts'
import { fromFacts, toFacts } from './event-row.ts'
import { fromJson, orNull } from './json-columns.ts'
import { type Big, toInstant } from './row.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

/** A row of `session_alerts`. */
export interface AlertRow {
  readonly id: AlertId
  readonly detector: string
  readonly severity: Severity
  readonly user_id: string | null
  readonly session_id: SessionId | null
  readonly device_id: DeviceId | null
  readonly subject: string
  readonly reason: string
  readonly evidence: unknown
  readonly first_at: Big
  readonly last_at: Big
  readonly count: Big
  readonly state: AlertState
  readonly assignee: string | null
  readonly answer: AlertAnswer | null
  readonly answered_at: Big | null
  readonly response: Response | null
  readonly responded_at: Big | null
  readonly notes: unknown
  readonly version: number
}

/** The columns with their types: several come as one array for each. */
export const alertColumnTypes: Readonly<Record<keyof AlertRow, string>> = {
  id: 'text',
  detector: 'text',
  severity: 'text',
  user_id: 'text',
  session_id: 'text',
  device_id: 'text',
  subject: 'text',
  reason: 'text',
  evidence: 'jsonb',
  first_at: 'bigint',
  last_at: 'bigint',
  count: 'bigint',
  state: 'text',
  assignee: 'text',
  answer: 'text',
  answered_at: 'bigint',
  response: 'text',
  responded_at: 'bigint',
  notes: 'jsonb',
  version: 'integer',
}

export const alertColumns: string = Object.keys(alertColumnTypes).join(', ')

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    detector: fromStoredText(row.detector),
    severity: row.severity,
    userId: orNull(row.user_id, fromStoredText),
    sessionId: row.session_id,
    deviceId: row.device_id,
    subject: fromStoredText(row.subject),
    reason: fromStoredText(row.reason),
    evidence: toFacts(row.evidence) ?? {},
    firstAt: toInstant(row.first_at),
    lastAt: toInstant(row.last_at),
    count: Number(row.count),
    state: row.state,
    assignee: orNull(row.assignee, fromStoredText),
    answer: row.answer,
    answeredAt: orNull(row.answered_at, toInstant),
    response: row.response,
    respondedAt: orNull(row.responded_at, toInstant),
    notes: fromJson<readonly AlertNote[]>(row.notes).map(({ at, by, text }) => ({
      at,
      by: fromStoredText(by),
      text: fromStoredText(text),
    })),
    version: row.version,
  }
}

export function toAlertValues(alert: Alert): Record<keyof AlertRow, unknown> {
  return {
    id: alert.id,
    detector: toStoredText(alert.detector),
    severity: alert.severity,
    user_id: orNull(alert.userId, toStoredText),
    session_id: alert.sessionId,
    device_id: alert.deviceId,
    subject: toStoredText(alert.subject),
    reason: toStoredText(alert.reason),
    evidence: fromFacts(alert.evidence),
    first_at: alert.firstAt,
    last_at: alert.lastAt,
    count: alert.count,
    state: alert.state,
    assignee: orNull(alert.assignee, toStoredText),
    answer: alert.answer,
    answered_at: alert.answeredAt,
    response: alert.response,
    responded_at: alert.respondedAt,
    notes: JSON.stringify(
      alert.notes.map(({ at, by, text }) => ({ at, by: toStoredText(by), text: toStoredText(text) })),
    ),
    version: alert.version,
  }
}

/** That severity and the greater ones. */
export function severitiesFrom(least: Severity): readonly Severity[] {
  return severities.slice(severities.indexOf(least))
}

/** A row of `session_alert_mutes`. */
export interface MuteRow {
  readonly id: string
  readonly detector: string | null
  readonly user_id: string | null
  readonly device_id: DeviceId | null
  readonly network: Big | null
  readonly until: Big | null
  readonly note: string | null
  readonly by: string
  readonly at: Big
}

export const muteColumns = 'id, detector, user_id, device_id, network, until, note, by, at'

export function toMute(row: MuteRow): Mute {
  return {
    id: row.id,
    detector: orNull(row.detector, fromStoredText),
    userId: orNull(row.user_id, fromStoredText),
    deviceId: row.device_id,
    network: orNull(row.network, Number),
    until: orNull(row.until, toInstant),
    note: orNull(row.note, fromStoredText),
    by: fromStoredText(row.by),
    at: toInstant(row.at),
  }
}

export function toMuteValues(mute: Mute): Record<keyof MuteRow, unknown> {
  return {
    id: mute.id,
    detector: orNull(mute.detector, toStoredText),
    user_id: orNull(mute.userId, toStoredText),
    device_id: mute.deviceId,
    network: mute.network,
    until: mute.until,
    note: orNull(mute.note, toStoredText),
    by: toStoredText(mute.by),
    at: mute.at,
  }
}
