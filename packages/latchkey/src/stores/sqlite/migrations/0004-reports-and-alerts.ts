/** What a row of `user_sessions` has of each facet, in the order of the columns of `session_facet_sets`. */
const facets = [
  "device_info ->> '$.type'",
  "device_info ->> '$.browser'",
  "device_info ->> '$.os'",
  "place ->> '$.country'",
  "CAST(place ->> '$.network.asn' AS TEXT)",
].map((fact) => `coalesce(${fact}, 'unknown')`)

const names = 'device_type, browser, os, country, network'

/**
 * Facts of events, what sessions are sorted by, numbers over time, what detectors know and have found, endings in bulk, and
 * who does work that one process has to do. Columns are added, so no table is copied; every session's row is written once, for
 * `facet_set`. `range_key` and `facts` of what is there already stay null.
 *
 * `session_facet_sets` has one row for each combination of facets that a session has had: a filter is answered there
 * first, and names the few combinations whose sessions are then read, newest first, by `user_sessions_by_facets`, which takes
 * the place of the index by device type. `is_active` stands in it, and in the index of the newest, so that most of those that a
 * state rules out are not read. `user_sessions_by_use` holds all that it takes to count what is live.
 *
 * There may be several unresolved alerts of one matter. `session_events_by_job` holds what alerts and bulk endings did.
 */
export const reportsAndAlerts: string = `
ALTER TABLE session_events ADD COLUMN facts TEXT CHECK (json_valid(facts));
CREATE INDEX session_events_by_job ON session_events (request) WHERE substr(request, 1, 4) IN ('alr_', 'blk_');

CREATE TABLE session_facet_sets (
  id INTEGER PRIMARY KEY,
  device_type TEXT NOT NULL,
  browser TEXT NOT NULL,
  os TEXT NOT NULL,
  country TEXT NOT NULL,
  network TEXT NOT NULL,
  UNIQUE (browser, network, os, country, device_type)
) STRICT;

ALTER TABLE user_sessions ADD COLUMN facet_set INTEGER;
ALTER TABLE user_sessions ADD COLUMN range_key TEXT;
DROP INDEX user_sessions_by_device_type;
INSERT INTO session_facet_sets (${names}) SELECT DISTINCT ${facets.join(', ')} FROM user_sessions;
UPDATE user_sessions SET facet_set = (SELECT known.id FROM session_facet_sets AS known
  WHERE (${names}) = (${facets.join(', ')}));
DROP INDEX user_sessions_newest;
CREATE INDEX user_sessions_newest ON user_sessions (created_at, id, facet_set, is_active);
CREATE INDEX user_sessions_by_facets ON user_sessions (facet_set, created_at, id, is_active);
DROP INDEX user_sessions_by_use;
CREATE INDEX user_sessions_by_use ON user_sessions (coalesce(last_accessed, created_at), expires_at, lifetime,
  created_at, idle_limit, facet_set) WHERE invalidated_at IS NULL;
CREATE INDEX user_sessions_by_administrator ON user_sessions (ended_by)
  WHERE ended_by >= 'admin:' AND ended_by < 'admin;';
CREATE INDEX user_sessions_by_range ON user_sessions (range_key, created_at) WHERE range_key IS NOT NULL;

CREATE TABLE session_rollups (
  interval TEXT NOT NULL,
  start INTEGER NOT NULL,
  measure TEXT NOT NULL,
  dimension TEXT NOT NULL,
  value TEXT NOT NULL,
  count INTEGER NOT NULL,
  sum INTEGER NOT NULL,
  PRIMARY KEY (interval, start, measure, dimension, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_rollup_members (
  start INTEGER NOT NULL,
  interval TEXT NOT NULL,
  measure TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (start, interval, measure, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_log_readers (
  reader TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  since INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE user_histories (
  user_id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  last_at INTEGER,
  history TEXT NOT NULL CHECK (json_valid(history))
) STRICT;

CREATE INDEX user_histories_by_use ON user_histories (last_at) WHERE last_at IS NOT NULL;

CREATE TABLE session_alerts (
  id TEXT NOT NULL PRIMARY KEY,
  detector TEXT NOT NULL,
  severity TEXT NOT NULL,
  user_id TEXT,
  session_id TEXT,
  device_id TEXT,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL CHECK (json_valid(evidence)),
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  state TEXT NOT NULL,
  assignee TEXT,
  answer TEXT,
  answered_at INTEGER,
  response TEXT,
  responded_at INTEGER,
  notes TEXT NOT NULL CHECK (json_valid(notes)),
  version INTEGER NOT NULL
) STRICT;

CREATE INDEX session_alerts_newest ON session_alerts (last_at, id, detector, state, severity);
CREATE INDEX session_alerts_by_user ON session_alerts (user_id, last_at, id) WHERE user_id IS NOT NULL;
CREATE INDEX session_alerts_by_session ON session_alerts (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX session_alerts_by_assignee ON session_alerts (assignee) WHERE assignee IS NOT NULL;
CREATE INDEX session_alerts_with_notes ON session_alerts (id) WHERE notes <> '[]';
CREATE INDEX session_alerts_unresolved ON session_alerts (severity, last_at, id, session_id)
  WHERE state IN ('open', 'acknowledged');
CREATE INDEX session_alerts_by_matter ON session_alerts (detector, subject, user_id)
  WHERE state IN ('open', 'acknowledged');
CREATE INDEX session_alerts_unanswered ON session_alerts (first_at, id)
  WHERE response IS NOT NULL AND responded_at IS NULL;
CREATE INDEX session_alerts_closed ON session_alerts (last_at) WHERE state IN ('resolved', 'false-alarm');

CREATE TABLE session_alert_mutes (
  id TEXT NOT NULL PRIMARY KEY,
  detector TEXT,
  user_id TEXT,
  device_id TEXT,
  network INTEGER,
  muted_until INTEGER,
  note TEXT,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session_detectors (
  detector TEXT NOT NULL PRIMARY KEY,
  mode TEXT NOT NULL,
  response TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session_bulk_endings (
  id TEXT NOT NULL PRIMARY KEY,
  filter TEXT NOT NULL,
  except_id TEXT,
  state TEXT NOT NULL,
  expected INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  note TEXT,
  finished_at INTEGER,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session_work_claims (
  work TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  held_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
