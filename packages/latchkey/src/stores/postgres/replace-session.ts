import type { SessionRecord } from '../../model/session.ts'
import type { Replacing } from '../../model/session-event.ts'
import { shardOfSession } from '../../model/session-token.ts'
import { type Announce, announced } from './announcements.ts'
import type { Connection } from './connection.ts'
import { orNull } from './json-columns.ts'
import { toValues } from './row.ts'
import { toStoredText } from './stored-text.ts'

/** `user_id` and `shard` never change, what fades does not come back; a use that was recorded since `next` was read is not lost. */
const replaceStatement = `WITH replaced AS (
  UPDATE user_sessions SET device_info = :device_info::jsonb, created_at = :created_at::bigint,
    last_accessed = greatest(last_accessed, :last_accessed::bigint), expires_at = :expires_at::bigint,
    secret_hash = :secret_hash::bytea, version = :version::integer, lifetime = :lifetime::bigint,
    authenticated_at = :authenticated_at::bigint, amr = :amr::jsonb, device_id = :device_id::text,
    place = :place::jsonb, terms = :terms::jsonb, idle_limit = :idle_limit::bigint, rotation = :rotation::jsonb
  WHERE id = :id::text AND shard = :shard::smallint AND version = :version::integer - 1 AND invalidated_at IS NULL
  RETURNING id, user_id, shard),
told AS (
  INSERT INTO session_events (type, at, session_id, user_id, shard, actor, request, after)
  SELECT CASE :cause::text WHEN 'challenge' THEN 'session.challenged' ELSE 'session.renewed' END, :at::bigint, id, user_id, shard, :actor::text, :request::text,
    jsonb_build_object('cause', :cause::text)
  FROM replaced WHERE :cause::text <> 'confirmation'),
${announced}
SELECT replaced.id FROM announced LEFT JOIN replaced ON true`

interface Replacement {
  readonly next: SessionRecord
  readonly replacing: Replacing
}

export async function replaceSession(
  connection: Connection,
  { next, replacing: { at, by, request, cause } }: Replacement,
  announce: Announce,
): Promise<boolean> {
  const announcements = announce([{ kind: 'session', id: next.id, userId: next.userId }])
  const event = { at, actor: toStoredText(by), request: orNull(request, toStoredText), cause }
  const [row] = await connection.all<{ id: string | null }>(replaceStatement, {
    ...toValues(next),
    ...event,
    shard: shardOfSession(next.id),
    announcements,
  })
  return row?.id === next.id
}
