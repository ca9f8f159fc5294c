/**
 * What a session may do and has to prove, its idle timeout and its earlier tokens; cut-offs; and the audit log: events
 * say in which request and what was changed, and links hold them together. `session_events` is made anew, since an
 * event may be about nobody: every event keeps its position, and the count of positions goes on.
 *
 * `terms` names what differs from nothing: `roles`, `device_trust`, `pending`. `session_events_by_actor` holds what
 * somebody did to others; what they did to themselves is found by the user. `session_events_by_session` holds no
 * event that sign-ins and new tokens write: they are found by the user of the session, whom its row names, and the
 * event of its end once that is forgotten.
 */
export const attackResistance: string = `
ALTER TABLE user_sessions ADD COLUMN terms TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(terms));
ALTER TABLE user_sessions ADD COLUMN idle_limit INTEGER;
ALTER TABLE user_sessions ADD COLUMN rotation TEXT CHECK (json_valid(rotation));
CREATE INDEX user_sessions_by_idle_limit ON user_sessions (coalesce(last_accessed, created_at) + idle_limit)
  WHERE invalidated_at IS NULL AND idle_limit IS NOT NULL;
CREATE INDEX user_sessions_by_requested_start ON user_sessions (created_at)
  WHERE invalidated_at IS NULL AND lifetime IS NOT NULL;

ALTER TABLE forgotten_sessions ADD COLUMN ended_session_limit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE forgotten_sessions ADD COLUMN ended_token_reuse INTEGER NOT NULL DEFAULT 0;
ALTER TABLE forgotten_sessions ADD COLUMN ended_network_change INTEGER NOT NULL DEFAULT 0;

CREATE TABLE session_cut_offs (
  subject TEXT NOT NULL PRIMARY KEY,
  scope TEXT NOT NULL,
  user_id TEXT,
  device_id TEXT,
  not_before INTEGER NOT NULL,
  set_at INTEGER NOT NULL,
  set_by TEXT NOT NULL,
  note TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX session_cut_offs_by_user ON session_cut_offs (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX session_cut_offs_newest ON session_cut_offs (set_at DESC, subject);

CREATE TABLE session_events_anew (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  session_id TEXT,
  device_id TEXT,
  user_id TEXT,
  actor TEXT NOT NULL,
  request TEXT,
  "before" TEXT CHECK (json_valid("before")),
  "after" TEXT CHECK (json_valid("after")),
  reason TEXT,
  device TEXT CHECK (json_valid(device)),
  digest BLOB
) STRICT;

INSERT INTO session_events_anew (position, type, at, session_id, device_id, user_id, actor, reason, device)
  SELECT position, type, at, session_id, device_id, user_id, actor, reason, device FROM session_events
  ORDER BY position;
DELETE FROM sqlite_sequence WHERE name = 'session_events_anew';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'session_events_anew', seq FROM sqlite_sequence WHERE name = 'session_events';
DROP TABLE session_events;
ALTER TABLE session_events_anew RENAME TO session_events;
CREATE INDEX session_events_by_time ON session_events (at);
CREATE INDEX session_events_by_user ON session_events (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX session_events_by_session ON session_events (session_id)
  WHERE session_id IS NOT NULL AND type NOT IN ('session.created', 'session.renewed');
CREATE INDEX session_events_by_actor ON session_events (actor)
  WHERE actor <> 'system' AND actor IS NOT 'user:' || user_id;

CREATE TABLE session_audit_links (
  last INTEGER NOT NULL PRIMARY KEY,
  first INTEGER NOT NULL,
  count INTEGER NOT NULL,
  digest BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX session_audit_links_by_time ON session_audit_links (at);
`
