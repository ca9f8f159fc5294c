/** How `user_sessions` is laid out: one table, or so many partitions by hash of `shard`. */
export interface TableLayout {
  /** 0: one table. */
  readonly partitions: number
}

const sessionsTable = `CREATE TABLE user_sessions (
  id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  device_info jsonb NOT NULL,
  created_at bigint NOT NULL,
  last_accessed bigint,
  expires_at bigint NOT NULL,
  is_active boolean NOT NULL GENERATED ALWAYS AS (invalidated_at IS NULL) STORED,
  invalidated_at bigint,
  end_reason text COLLATE "C",
  ended_by text,
  shard smallint NOT NULL,
  secret_hash bytea NOT NULL,
  version integer NOT NULL,
  lifetime bigint,
  authenticated_at bigint NOT NULL,
  amr jsonb NOT NULL,
  ip_address text COLLATE "C",
  user_agent text,
  used_hour integer NOT NULL GENERATED ALWAYS AS ((coalesce(last_accessed, created_at) / 3600000)::integer) STORED,
  PRIMARY KEY (id, shard),
  CHECK ((invalidated_at IS NULL) = (end_reason IS NULL))
)`

/** Room in each page for the next versions of its rows, which then need no new entries in the indexes. */
const room = 'WITH (fillfactor = 80)'

const theRest = `
CREATE INDEX user_sessions_by_user ON user_sessions (user_id, shard, is_active, created_at);
CREATE INDEX user_sessions_newest ON user_sessions (created_at);
CREATE INDEX user_sessions_by_address ON user_sessions (ip_address, created_at) WHERE ip_address IS NOT NULL;
CREATE INDEX user_sessions_by_device_type ON user_sessions ((device_info ->> 'type'), created_at);
CREATE INDEX user_sessions_by_deadline ON user_sessions (expires_at) WHERE invalidated_at IS NULL;
CREATE INDEX user_sessions_by_start ON user_sessions (created_at)
  WHERE invalidated_at IS NULL AND lifetime IS NULL;
CREATE INDEX user_sessions_by_use ON user_sessions (used_hour)
  WHERE invalidated_at IS NULL;
CREATE INDEX user_sessions_ended ON user_sessions (invalidated_at) WHERE invalidated_at IS NOT NULL;

CREATE TABLE session_claims (
  key_hash bytea PRIMARY KEY,
  request_hash bytea NOT NULL,
  session_id text COLLATE "C" NOT NULL,
  shard smallint NOT NULL,
  claimed_at bigint NOT NULL
);

CREATE INDEX session_claims_by_session ON session_claims (shard, session_id);

CREATE TABLE session_events (
  entry bigint GENERATED ALWAYS AS IDENTITY,
  type text NOT NULL,
  at bigint NOT NULL,
  session_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  shard smallint NOT NULL,
  actor text NOT NULL,
  reason text,
  device_type text,
  browser text,
  os text,
  PRIMARY KEY (entry, shard)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

CREATE TABLE session_event_log (
  position bigint NOT NULL,
  type text NOT NULL,
  at bigint NOT NULL,
  session_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  shard smallint NOT NULL,
  actor text NOT NULL,
  reason text,
  device_type text,
  browser text,
  os text,
  PRIMARY KEY (position, shard)
);

CREATE INDEX session_event_log_by_time ON session_event_log (at);
CREATE INDEX session_event_log_by_user ON session_event_log (shard, user_id);

CREATE TABLE session_events_numbered (single boolean PRIMARY KEY CHECK (single), last bigint NOT NULL);
INSERT INTO session_events_numbered VALUES (true, 0);

CREATE TABLE session_counters (
  shard smallint NOT NULL,
  name text COLLATE "C" NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (shard, name)
) WITH (fillfactor = 50);

CREATE TABLE forgotten_sessions (
  user_id text COLLATE "C" NOT NULL,
  shard smallint NOT NULL,
  total bigint NOT NULL,
  duration_sum bigint NOT NULL,
  duration_longest bigint NOT NULL,
  ended_logout bigint NOT NULL,
  ended_expired bigint NOT NULL,
  ended_idle_timeout bigint NOT NULL,
  ended_revoked bigint NOT NULL,
  ended_replaced bigint NOT NULL,
  PRIMARY KEY (shard, user_id)
);

CREATE TABLE forgotten_moments (
  user_id text COLLATE "C" NOT NULL,
  shard smallint NOT NULL,
  at bigint NOT NULL,
  created bigint NOT NULL,
  ended bigint NOT NULL,
  PRIMARY KEY (shard, user_id, at)
);

CREATE INDEX forgotten_moments_by_time ON forgotten_moments (at);
`

/**
 * Instants are milliseconds since 1970 in UTC, durations milliseconds. `shard` stands in every key but that of
 * claims, whose callers know no user, and in every hot query, so that the tables can be partitioned or
 * distributed by it. Texts that are compared are compared by their bytes.
 *
 * Each index is paid for by every session that is created, so they are as narrow as they can be: sessions of one
 * user or of one millisecond are put in order by id when they are read. `used_hour` changes at most once an hour, so
 * that recording a use changes no index meanwhile. The partial indexes hold live sessions only and serve the
 * cleanup; `user_sessions_ended` serves the forgetting.
 *
 * A change writes its events into `session_events`, which has the one index that puts them in order. From there
 * they move into `session_event_log` (see `event-log`), so that no change pays for the indexes of those who read.
 * The first is empty most of the time and is vacuumed by the number of its rows, not by their share.
 */
export function userSessions(layout: TableLayout): string {
  if (layout.partitions === 0) return `${sessionsTable} ${room};\n${theRest}`
  const parts = Array.from(
    { length: layout.partitions },
    (_, part) =>
      `CREATE TABLE user_sessions_${part} PARTITION OF user_sessions
  FOR VALUES WITH (MODULUS ${layout.partitions}, REMAINDER ${part}) ${room};`,
  )
  return `${sessionsTable} PARTITION BY HASH (shard);\n${parts.join('\n')}\n${theRest}`
}
