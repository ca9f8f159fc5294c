/**
 * Columns that are added are null or have a constant default, so that no table is written anew, and so that a node
 * of the version before can go on adding rows. `terms` holds what a rule of the policy asks for; null: no roles, an
 * untrusted device, complete. `rotation` is null while a session has the token that it was created with.
 *
 * Two partial indexes serve the cleanup: of live sessions with an idle timeout of their own, by it and the hour of
 * their last use, and of those whose lifetime was asked for, which `user_sessions_by_start` does not hold, by their
 * creation. They are empty, or small, so that to make them is to read the table once.
 *
 * `subject` of a cut-off is `*`, `user:…` or `device:…`. There are few, so that they are looked up by it wherever
 * sessions are read.
 *
 * An event about nobody has an empty `user_id`, which no user has: to a node of the version before it is a text as
 * any other. Its `shard` is 0 then. Of events by somebody else than the user whom they are about there is an index,
 * and one of those that name a session and were not written by a change of it; the rest is found by user or by time.
 *
 * `after_position` says behind which link a link was put, and of two behind one the second is refused.
 */
export function cutOffsAndAudit(): string {
  return `ALTER TABLE session_events
  ADD COLUMN request text, ADD COLUMN before jsonb, ADD COLUMN after jsonb;
ALTER TABLE session_event_log
  ADD COLUMN request text, ADD COLUMN before jsonb, ADD COLUMN after jsonb, ADD COLUMN digest bytea;
CREATE INDEX session_event_log_by_actor ON session_event_log (actor, position)
  WHERE actor LIKE 'admin:%' OR actor LIKE 'user:%' AND actor <> 'user:' || user_id;
CREATE INDEX session_event_log_by_session ON session_event_log (session_id)
  WHERE session_id IS NOT NULL AND type <> ALL ('{session.created,session.ended,session.renewed}');

CREATE TABLE session_audit_links (
  last_position bigint PRIMARY KEY,
  first_position bigint NOT NULL,
  after_position bigint NOT NULL UNIQUE,
  events bigint NOT NULL,
  digest bytea NOT NULL,
  at bigint NOT NULL
);

CREATE INDEX session_audit_links_by_time ON session_audit_links (at);

CREATE TABLE session_cut_offs (
  subject text COLLATE "C" PRIMARY KEY,
  user_id text COLLATE "C",
  shard smallint,
  device_id text COLLATE "C",
  not_before bigint NOT NULL,
  set_at bigint NOT NULL,
  set_by text NOT NULL,
  note text
);

CREATE INDEX session_cut_offs_by_user ON session_cut_offs (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX session_cut_offs_by_instant ON session_cut_offs (not_before);
CREATE INDEX session_cut_offs_newest ON session_cut_offs (set_at);

ALTER TABLE forgotten_sessions
  ADD COLUMN ended_session_limit bigint NOT NULL DEFAULT 0,
  ADD COLUMN ended_token_reuse bigint NOT NULL DEFAULT 0,
  ADD COLUMN ended_network_change bigint NOT NULL DEFAULT 0;

ALTER TABLE user_sessions
  ADD COLUMN terms jsonb, ADD COLUMN idle_limit bigint, ADD COLUMN rotation jsonb;
CREATE INDEX user_sessions_by_own_limit ON user_sessions (idle_limit, used_hour)
  WHERE invalidated_at IS NULL AND idle_limit IS NOT NULL;
CREATE INDEX user_sessions_by_requested_start ON user_sessions (created_at)
  WHERE invalidated_at IS NULL AND lifetime IS NOT NULL;
`
}
