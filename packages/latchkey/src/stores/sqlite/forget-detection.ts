import { systemActor } from '../../model/session.ts'
import type { Connection } from './connection.ts'

/**
 * What detectors know of the user and what was found of them goes; what they did to others stays and names nobody. What has a
 * version gets the next one: who has read it before must not write them back. Inside a change, before their devices are gone.
 */
export function forgetDetection(connection: Connection, userId: string): void {
  const values = { userId, asUser: `user:${userId}`, asAdmin: `admin:${userId}`, nobody: systemActor }
  for (const sql of statements) connection.run(sql, values)
}

const isTheirs = 'IN (:asUser, :asAdmin)'

const statements = [
  'DELETE FROM user_histories WHERE user_id = :userId',
  'DELETE FROM session_alerts WHERE user_id = :userId',
  `DELETE FROM session_alert_mutes WHERE user_id = :userId OR device_id IN (
     SELECT id FROM user_devices INDEXED BY user_devices_by_user WHERE user_id = :userId)`,
  `UPDATE session_alert_mutes SET set_by = :nobody WHERE set_by ${isTheirs}`,
  'UPDATE session_alerts SET assignee = NULL, version = version + 1 WHERE assignee = :userId',
  `UPDATE session_alerts SET version = version + 1, notes = (
     SELECT json_group_array(json_object('at', value -> '$.at',
       'by', iif(value ->> '$.by' ${isTheirs}, :nobody, value ->> '$.by'), 'text', value ->> '$.text'))
     FROM json_each(notes))
   WHERE rowid IN (SELECT rowid FROM session_alerts INDEXED BY session_alerts_with_notes
     WHERE notes <> '[]' AND EXISTS (SELECT 1 FROM json_each(notes) WHERE value ->> '$.by' ${isTheirs}))`,
  `UPDATE session_bulk_endings SET created_by = :nobody, version = version + 1 WHERE created_by ${isTheirs}`,
  `UPDATE session_cut_offs SET set_by = :nobody WHERE set_by ${isTheirs}`,
  `UPDATE user_sessions INDEXED BY user_sessions_by_administrator SET ended_by = :nobody
     WHERE ended_by = :asAdmin AND ended_by >= 'admin:' AND ended_by < 'admin;'`,
]
