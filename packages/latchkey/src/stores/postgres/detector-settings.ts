import type { DetectorSetting, Mute } from '../../model/alert.ts'
import { type MuteRow, muteColumns, toMute, toMuteValues } from './alert-row.ts'
import type { Statements } from './connection.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

const mostMutes = 1_000

const putSettingStatement = `INSERT INTO session_detectors (detector, mode, response)
  VALUES (:detector::text, :mode::text, :response::text)
  ON CONFLICT (detector) DO UPDATE SET mode = excluded.mode, response = excluded.response`

const addMuteStatement = `INSERT INTO session_alert_mutes (${muteColumns}) VALUES (:id::text, :detector::text,
    :user_id::text, :device_id::text, :network::bigint, :until::bigint, :note::text, :by::text, :at::bigint)`

export async function readSettings(statements: Statements): Promise<readonly DetectorSetting[]> {
  const rows = await statements.all<DetectorSetting>('SELECT detector, mode, response FROM session_detectors')
  return rows.map(({ detector, mode, response }) => ({ detector: fromStoredText(detector), mode, response }))
}

export async function putSetting(
  statements: Statements,
  { detector, mode, response }: DetectorSetting,
): Promise<void> {
  await statements.all(putSettingStatement, { detector: toStoredText(detector), mode, response })
}

export async function readMutes(statements: Statements): Promise<readonly Mute[]> {
  const sql = `SELECT ${muteColumns} FROM session_alert_mutes ORDER BY at DESC, id DESC LIMIT ${mostMutes}`
  return (await statements.all<MuteRow>(sql)).map(toMute)
}

export async function addMute(statements: Statements, mute: Mute): Promise<void> {
  await statements.all(addMuteStatement, toMuteValues(mute))
}

/** False where there is none. */
export async function removeMute(statements: Statements, id: string): Promise<boolean> {
  const sql = 'DELETE FROM session_alert_mutes WHERE id = :id::text RETURNING 1'
  return (await statements.all(sql, { id: toStoredText(id) })).length > 0
}
