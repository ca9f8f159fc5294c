import { systemActor } from '../../model/session.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { Statements } from './connection.ts'
import { actorsOf } from './erase-events.ts'
import { toStoredText } from './stored-text.ts'

/** Of alerts that stay, since they are about somebody else: nobody looks after them any more, and notes have no name. Who has read one before must not write them back. */
const unnameAlerts = `UPDATE session_alerts SET version = version + 1, assignee = nullif(assignee, :userId::text),
    notes = (SELECT coalesce(jsonb_agg(CASE WHEN note ->> 'by' = ANY (:actors::text[])
      THEN jsonb_set(note, '{by}', '"${systemActor}"') ELSE note END ORDER BY nth), '[]')
      FROM jsonb_array_elements(notes) WITH ORDINALITY AS noted (note, nth))
  WHERE assignee = :userId::text
    OR EXISTS (SELECT FROM jsonb_array_elements(notes) AS note WHERE note ->> 'by' = ANY (:actors::text[]))`

const ofUser = 'user_id = :userId::text AND shard = :shard::smallint'

/** Alerts before histories, in the order in which a batch of the detectors takes them. */
const steps = [
  'DELETE FROM session_alerts WHERE user_id = :userId::text',
  unnameAlerts,
  `DELETE FROM user_histories WHERE ${ofUser}`,
  `DELETE FROM session_alert_mutes
    WHERE user_id = :userId::text OR device_id IN (SELECT id FROM user_devices WHERE ${ofUser})`,
  `UPDATE session_bulk_endings SET created_by = '${systemActor}', version = version + 1
    WHERE created_by = ANY (:actors::text[])`,
  `UPDATE user_sessions SET ended_by = '${systemActor}'
    WHERE ended_by = ANY (:actors::text[]) AND ended_by LIKE 'admin:%'`,
  ...[
    ['session_alert_mutes', 'by'],
    ['session_cut_offs', 'set_by'],
  ].map(
    ([table, column]) =>
      `UPDATE ${table} SET ${column} = '${systemActor}' WHERE ${column} = ANY (:actors::text[])`,
  ),
]

/**
 * What is known of a user besides devices, sessions and events, and their name wherever they acted. To be called while their
 * devices are there still. It reads all alerts: users are seldom forgotten.
 */
export async function forgetTraces(statements: Statements, userId: string): Promise<void> {
  const values = {
    userId: toStoredText(userId),
    shard: shardOfUser(userId),
    actors: actorsOf(userId).map(toStoredText),
  }
  for (const step of steps) await statements.all(step, values)
}
