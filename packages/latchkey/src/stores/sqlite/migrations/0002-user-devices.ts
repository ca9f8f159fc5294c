/**
 * Devices, the keys of what is sealed, and what addresses are found by: the address itself until it is sealed.
 * `session_events` is made anew, since an event of a device has no session: every event keeps its position, and
 * the count of positions goes on. `fingerprints` is an array in JSON, or a sealed text.
 */
export const userDevices: string = `
ALTER TABLE user_sessions ADD COLUMN device_id TEXT;
ALTER TABLE user_sessions ADD COLUMN place TEXT CHECK (json_valid(place));
ALTER TABLE user_sessions ADD COLUMN address_key TEXT;
DROP INDEX user_sessions_by_address;
UPDATE user_sessions SET address_key = ip_address WHERE ip_address IS NOT NULL;
CREATE INDEX user_sessions_by_address ON user_sessions (address_key, created_at, id)
  WHERE address_key IS NOT NULL;

CREATE TABLE session_events_anew (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  session_id TEXT,
  device_id TEXT,
  user_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT,
  device TEXT
) STRICT;

INSERT INTO session_events_anew (position, type, at, session_id, user_id, actor, reason, device)
  SELECT position, type, at, session_id, user_id, actor, reason, device FROM session_events ORDER BY position;
DELETE FROM sqlite_sequence WHERE name = 'session_events_anew';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'session_events_anew', seq FROM sqlite_sequence WHERE name = 'session_events';
DROP TABLE session_events;
ALTER TABLE session_events_anew RENAME TO session_events;
CREATE INDEX session_events_by_time ON session_events (at);
CREATE INDEX session_events_by_user ON session_events (user_id);

CREATE TABLE user_devices (
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  device_info TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  name TEXT,
  trusted_until INTEGER,
  fingerprints TEXT,
  fingerprinted_at INTEGER,
  resembles TEXT,
  shard INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (id, shard),
  CHECK (json_valid(device_info) AND json_valid(resembles))
) STRICT;

CREATE INDEX user_devices_by_user ON user_devices (user_id, shard);
CREATE INDEX user_devices_by_use ON user_devices (last_seen_at);
CREATE INDEX user_devices_fingerprinted ON user_devices (fingerprinted_at) WHERE fingerprinted_at IS NOT NULL;

CREATE TABLE session_data_keys (
  id TEXT NOT NULL PRIMARY KEY,
  sealed_table TEXT NOT NULL,
  wrapped BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
