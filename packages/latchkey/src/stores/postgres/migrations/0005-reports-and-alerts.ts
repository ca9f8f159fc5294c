import { lockNumbering } from '../advisory-locks.ts'

/** What a session of that table or input has of each facet. */
function facetsOf(source: string): readonly string[] {
  return [
    `${source}.device_info ->> 'type'`,
    `${source}.device_info ->> 'browser'`,
    `${source}.device_info ->> 'os'`,
    `${source}.place ->> 'country'`,
    `${source}.place -> 'network' ->> 'asn'`,
  ].map((fact) => `coalesce(${fact}, 'unknown')`)
}

/** In the words of `facets`, which the index needs. */
function facetKey(source: string): string {
  return `hashtextextended(${facetsOf(source).join(` || '/' || `)}, 0)`
}

const setColumns = 'key, device_type, browser, os, country, network'

function facetSetOf(source: string): string {
  return [facetKey(source), ...facetsOf(source).map((facet) => `left(${facet}, 100)`)].join(', ')
}

/**
 * Columns that are added are null, so that no table is written anew, and a node of the version before can go on adding
 * rows. `range_key` and `facts` of what is there already stay null.
 *
 * What locks comes last, and its locks are held until the end. First `user_sessions` is read once, beside everybody else.
 * Then events get no place in the log, and those who read them wait. Then its column and the dropping of an index lock
 * `user_sessions` against everything while its two indexes are made: some seconds for each million of rows, most of them for
 * the index by facets.
 *
 * `session_facet_sets` has one row for each combination of facets that a session has had. What a combination is found by is
 * computed from columns that were there before, so that the sessions of every version are in `user_sessions_by_facets`,
 * which takes the place of the index by device type.
 *
 * A node of the version before links events into the chain without their facts, which would look like a change of them to
 * later ones. So its links are not taken: it takes itself for one that lost a race, and a node that knows facts makes them.
 *
 * There may be several alerts that are unresolved of one matter.
 * `history` is text: nothing in the database looks into it. `last_day` changes once a day at most, so that a sign-in
 * changes no index meanwhile.
 */
export function reportsAndAlerts(): string {
  return `CREATE TABLE session_facet_sets (
  key bigint NOT NULL,
  device_type text COLLATE "C" NOT NULL,
  browser text COLLATE "C" NOT NULL,
  os text COLLATE "C" NOT NULL,
  country text COLLATE "C" NOT NULL,
  network text COLLATE "C" NOT NULL,
  PRIMARY KEY (key, device_type, browser, os, country, network)
);

CREATE TABLE session_rollups (
  interval text COLLATE "C" NOT NULL,
  start bigint NOT NULL,
  measure text COLLATE "C" NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  count bigint NOT NULL,
  sum bigint NOT NULL,
  PRIMARY KEY (interval, start, measure, dimension, value)
) WITH (fillfactor = 70);

CREATE TABLE session_rollup_members (
  start bigint NOT NULL,
  interval text COLLATE "C" NOT NULL,
  measure text COLLATE "C" NOT NULL,
  member text COLLATE "C" NOT NULL,
  PRIMARY KEY (start, interval, measure, member)
);

CREATE TABLE session_log_readers (
  reader text COLLATE "C" PRIMARY KEY,
  position bigint NOT NULL,
  since bigint
) WITH (fillfactor = 20);

CREATE TABLE user_histories (
  user_id text COLLATE "C" NOT NULL,
  shard smallint NOT NULL,
  version integer NOT NULL,
  last_at bigint,
  history text NOT NULL,
  last_day integer GENERATED ALWAYS AS ((last_at / 86400000)::integer) STORED,
  PRIMARY KEY (shard, user_id)
) WITH (fillfactor = 80);

CREATE INDEX user_histories_by_use ON user_histories (last_day);

CREATE TABLE session_alerts (
  id text COLLATE "C" PRIMARY KEY,
  detector text COLLATE "C" NOT NULL,
  severity text COLLATE "C" NOT NULL,
  user_id text COLLATE "C",
  session_id text COLLATE "C",
  device_id text COLLATE "C",
  subject text COLLATE "C" NOT NULL,
  reason text NOT NULL,
  evidence jsonb NOT NULL,
  first_at bigint NOT NULL,
  last_at bigint NOT NULL,
  count bigint NOT NULL,
  state text COLLATE "C" NOT NULL,
  assignee text COLLATE "C",
  answer text,
  answered_at bigint,
  response text,
  responded_at bigint,
  notes jsonb NOT NULL,
  version integer NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX session_alerts_newest ON session_alerts (last_at, id);
CREATE INDEX session_alerts_by_user ON session_alerts (user_id, last_at);
CREATE INDEX session_alerts_by_session ON session_alerts (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX session_alerts_by_state ON session_alerts (state, severity, last_at);
CREATE INDEX session_alerts_unresolved ON session_alerts (user_id, detector) WHERE state IN ('open', 'acknowledged');
CREATE INDEX session_alerts_risky ON session_alerts (severity, session_id)
  WHERE state IN ('open', 'acknowledged') AND session_id IS NOT NULL;
CREATE INDEX session_alerts_unanswered ON session_alerts (first_at)
  WHERE response IS NOT NULL AND responded_at IS NULL;

CREATE TABLE session_alert_mutes (
  id text COLLATE "C" PRIMARY KEY,
  detector text,
  user_id text COLLATE "C",
  device_id text,
  network bigint,
  until bigint,
  note text,
  by text NOT NULL,
  at bigint NOT NULL
);

CREATE TABLE session_detectors (
  detector text COLLATE "C" PRIMARY KEY,
  mode text NOT NULL,
  response text NOT NULL
);

CREATE TABLE session_bulk_endings (
  id text COLLATE "C" PRIMARY KEY,
  filter text NOT NULL,
  except_id text,
  state text NOT NULL,
  expected bigint NOT NULL,
  ended bigint NOT NULL,
  created_at bigint NOT NULL,
  created_by text NOT NULL,
  note text,
  finished_at bigint,
  version integer NOT NULL
);

CREATE INDEX session_bulk_endings_newest ON session_bulk_endings (created_at);

CREATE TABLE session_work_claims (
  work text COLLATE "C" PRIMARY KEY,
  holder text NOT NULL,
  until bigint NOT NULL
) WITH (fillfactor = 20);

INSERT INTO session_facet_sets (${setColumns}) SELECT DISTINCT ${facetSetOf('user_sessions')} FROM user_sessions;

${lockNumbering};
ALTER TABLE session_audit_links ADD COLUMN knows_facts boolean;
CREATE FUNCTION session_audit_links_left_alone() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER session_audit_links_of_earlier BEFORE INSERT ON session_audit_links
  FOR EACH ROW WHEN (NEW.knows_facts IS NULL) EXECUTE FUNCTION session_audit_links_left_alone();
ALTER TABLE session_event_log ADD COLUMN facts jsonb;
CREATE INDEX session_event_log_by_request ON session_event_log (request, position) WHERE request IS NOT NULL;

ALTER TABLE user_sessions ADD COLUMN range_key text COLLATE "C";
CREATE INDEX user_sessions_by_facets ON user_sessions ((${facetKey('user_sessions')}), is_active, created_at);
CREATE INDEX user_sessions_by_administrator ON user_sessions (ended_by) WHERE ended_by LIKE 'admin:%';
CREATE INDEX user_sessions_by_range ON user_sessions (range_key, created_at) WHERE range_key IS NOT NULL;
DROP INDEX user_sessions_by_device_type;

ALTER TABLE session_events ADD COLUMN facts jsonb;
`
}
