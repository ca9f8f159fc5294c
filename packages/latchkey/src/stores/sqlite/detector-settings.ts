import type { Instant } from '../../foundation/time.ts'
import type { DetectorSetting, Mute } from '../../model/alert.ts'
import type { Connection } from './connection.ts'

export function settingsOf(connection: Connection): readonly DetectorSetting[] {
  const rows = connection.all<DetectorSetting>('SELECT detector, mode, response FROM session_detectors')
  return rows.map(({ detector, mode, response }) => ({ detector, mode, response }))
}

/** Inside a change. */
export function putSetting(connection: Connection, { detector, mode, response }: DetectorSetting): void {
  connection.run(
    `INSERT INTO session_detectors (detector, mode, response) VALUES (:detector, :mode, :response)
     ON CONFLICT (detector) DO UPDATE SET mode = excluded.mode, response = excluded.response`,
    { detector, mode, response },
  )
}

interface MuteRow {
  readonly id: string
  readonly detector: string | null
  readonly user_id: string | null
  readonly device_id: Mute['deviceId']
  readonly network: number | null
  readonly muted_until: Instant | null
  readonly note: string | null
  readonly set_by: Mute['by']
  readonly set_at: Instant
}

const muteColumns = 'id, detector, user_id, device_id, network, muted_until, note, set_by, set_at'

/** There are few, so that they need no index. */
export function mutesOf(connection: Connection): readonly Mute[] {
  const rows = connection.all<MuteRow>(
    `SELECT ${muteColumns} FROM session_alert_mutes ORDER BY set_at DESC, id DESC LIMIT 1000`,
  )
  return rows.map((row) => ({
    id: row.id,
    detector: row.detector,
    userId: row.user_id,
    deviceId: row.device_id,
    network: row.network,
    until: row.muted_until,
    note: row.note,
    by: row.set_by,
    at: row.set_at,
  }))
}

/** Inside a change. */
export function addMute(connection: Connection, mute: Mute): void {
  connection.run(
    `INSERT INTO session_alert_mutes (${muteColumns})
     VALUES (:id, :detector, :userId, :deviceId, :network, :until, :note, :by, :at)`,
    { ...mute },
  )
}
