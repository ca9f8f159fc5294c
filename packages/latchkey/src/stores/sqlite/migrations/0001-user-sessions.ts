/**
 * Instants are milliseconds since 1970 in UTC, durations milliseconds. `shard` stands in every key and every hot
 * query, so that the same schema can be partitioned elsewhere. The partial indexes hold live sessions only and
 * serve the cleanup; `user_sessions_ended` serves the forgetting.
 */
export const userSessions: string = `
CREATE TABLE user_sessions (
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  device_info TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_accessed INTEGER,
  expires_at INTEGER NOT NULL,
  is_active INTEGER NOT NULL GENERATED ALWAYS AS (invalidated_at IS NULL) VIRTUAL,
  invalidated_at INTEGER,
  end_reason TEXT,
  ended_by TEXT,
  shard INTEGER NOT NULL,
  secret_hash BLOB NOT NULL,
  version INTEGER NOT NULL,
  lifetime INTEGER,
  authenticated_at INTEGER NOT NULL,
  amr TEXT NOT NULL,
  ip_address TEXT,
  user_agent TEXT,
  PRIMARY KEY (id, shard),
  CHECK ((invalidated_at IS NULL) = (end_reason IS NULL)),
  CHECK (json_valid(device_info) AND json_valid(amr))
) STRICT;

CREATE INDEX user_sessions_by_user ON user_sessions (user_id, shard, is_active, created_at, id);
CREATE INDEX user_sessions_newest ON user_sessions (created_at, id);
CREATE INDEX user_sessions_by_address ON user_sessions (ip_address, created_at, id)
  WHERE ip_address IS NOT NULL;
CREATE INDEX user_sessions_by_device_type ON user_sessions (device_info ->> '$.type', created_at, id);
CREATE INDEX user_sessions_by_deadline ON user_sessions (expires_at) WHERE invalidated_at IS NULL;
CREATE INDEX user_sessions_by_start ON user_sessions (created_at)
  WHERE invalidated_at IS NULL AND lifetime IS NULL;
CREATE INDEX user_sessions_by_use ON user_sessions (coalesce(last_accessed, created_at))
  WHERE invalidated_at IS NULL;
CREATE INDEX user_sessions_ended ON user_sessions (invalidated_at) WHERE invalidated_at IS NOT NULL;

CREATE TABLE session_claims (
  key_hash BLOB NOT NULL PRIMARY KEY,
  request_hash BLOB NOT NULL,
  session_id TEXT NOT NULL,
  shard INTEGER NOT NULL,
  claimed_at INTEGER NOT NULL,
  FOREIGN KEY (session_id, shard) REFERENCES user_sessions (id, shard) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX session_claims_by_session ON session_claims (session_id, shard);

CREATE TABLE session_events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  session_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT,
  device TEXT
) STRICT;

CREATE INDEX session_events_by_time ON session_events (at);
CREATE INDEX session_events_by_user ON session_events (user_id);

CREATE TABLE session_counters (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE forgotten_sessions (
  user_id TEXT NOT NULL,
  shard INTEGER NOT NULL,
  total INTEGER NOT NULL,
  duration_sum INTEGER NOT NULL,
  duration_longest INTEGER NOT NULL,
  ended_logout INTEGER NOT NULL,
  ended_expired INTEGER NOT NULL,
  ended_idle_timeout INTEGER NOT NULL,
  ended_revoked INTEGER NOT NULL,
  ended_replaced INTEGER NOT NULL,
  PRIMARY KEY (user_id, shard)
) STRICT, WITHOUT ROWID;

CREATE TABLE forgotten_moments (
  user_id TEXT NOT NULL,
  shard INTEGER NOT NULL,
  at INTEGER NOT NULL,
  created INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  PRIMARY KEY (user_id, shard, at)
) STRICT, WITHOUT ROWID;

CREATE INDEX forgotten_moments_by_time ON forgotten_moments (at);
`
