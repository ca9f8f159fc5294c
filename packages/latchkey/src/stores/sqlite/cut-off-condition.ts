/** What of a session's row says whom the cut-offs are about that concern it. */
const ofSession = `SELECT not_before FROM session_cut_offs WHERE subject = '*'
  UNION ALL SELECT not_before FROM session_cut_offs WHERE subject = 'user:' || user_sessions.user_id
  UNION ALL SELECT not_before FROM session_cut_offs WHERE subject = 'device:' || user_sessions.device_id`

/** The latest cut-off that concerns the session of a row of `user_sessions`; null: none. Costs next to nothing where there are none at all. */
export const latestCutOff: string = `CASE WHEN EXISTS (SELECT 1 FROM session_cut_offs WHERE subject > '')
  THEN (SELECT max(not_before) FROM (${ofSession})) END`

/**
 * Everybody's, looked up once for a statement; before every instant where there is none. It is the only one by which a
 * session can be over that has not ended: a user's and a device's ends its sessions in the step that puts it on
 * record, and none that it concerns is added under the same lock.
 */
export const everybodysCutOff: string = `coalesce((SELECT not_before FROM session_cut_offs WHERE subject = '*'),
  -8640000000000001)`
