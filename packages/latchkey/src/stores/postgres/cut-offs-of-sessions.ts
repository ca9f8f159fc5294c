/** The subjects of the cut-offs that concern a session of that table or input. No device: null, which equals nothing. */
export function subjectsOf(source: string): string {
  return `ARRAY['*', 'user:' || ${source}.user_id, 'device:' || ${source}.device_id]`
}

/** Everybody's; null where there is none. It is read once for a statement. */
export const everybodysCutOff = `(SELECT not_before FROM session_cut_offs WHERE subject = '*')`

/**
 * The latest cut-off that concerns a row of `user_sessions`: three reads by primary key of a small table at most. One
 * for each subject, since a search for several at once costs more to set up than all of them.
 */
export const latestCutOff: string = `greatest(${everybodysCutOff},
  (SELECT not_before FROM session_cut_offs WHERE subject = 'user:' || user_sessions.user_id),
  (SELECT not_before FROM session_cut_offs WHERE subject = 'device:' || user_sessions.device_id))`

/**
 * Whether no cut-off concerns a row of `user_sessions`. In this form the planner can join all sessions with the few
 * cut-offs at once where it has to look at many.
 */
export const isNotCutOff: string = `created_at > coalesce(${everybodysCutOff}, -9007199254740991)
  AND NOT EXISTS (SELECT FROM session_cut_offs AS cut_off
    WHERE cut_off.subject = 'user:' || user_sessions.user_id AND cut_off.not_before >= user_sessions.created_at)
  AND NOT EXISTS (SELECT FROM session_cut_offs AS cut_off
    WHERE cut_off.subject = 'device:' || user_sessions.device_id AND cut_off.not_before >= user_sessions.created_at)`

/**
 * The latest cut-off that refuses a session of that input: one at or after its creation, and not before `heededFrom`,
 * with which a caller who has looked already says so.
 */
export function cutOffOf(source: string): string {
  return `(SELECT max(cut_off.not_before) FROM session_cut_offs AS cut_off
    WHERE cut_off.subject = ANY (${subjectsOf(source)})
      AND cut_off.not_before >= greatest(${source}.created_at, :heededFrom::bigint))`
}

/**
 * A row where one refuses any session of a batch. As a rule there is none in the present, and one look into an index
 * says so.
 */
export const anyCutOff: string = `SELECT 1 WHERE CASE
    WHEN EXISTS (SELECT FROM session_cut_offs WHERE not_before >= :heededFrom::bigint) THEN EXISTS (
      SELECT FROM unnest(:user_id::text[], :device_id::text[], :created_at::bigint[])
        AS input (user_id, device_id, created_at)
      WHERE ${cutOffOf('input')} IS NOT NULL)
    ELSE false END`
