/**
 * `address_key` is what a search for an address compares; until now it was the address itself. It is filled before it
 * has an index, so that the rows that change find room in their pages.
 *
 * Events may be about a device instead of a session.
 *
 * `user_devices` has one row for each browser profile of each user, and one index for its user. `sign_ins` says
 * whether a sign-in is the one that added the device. `fingerprints` is a JSON array or sealed text, null where there
 * are none, and is nothing that the database could read. `seen_day` changes at most once a day, so that a sign-in
 * changes no index meanwhile; it serves the forgetting of devices that nobody uses.
 *
 * `session_data_keys` holds wrapped keys: what they open is in no table.
 */
export function userDevices(): string {
  return `DROP INDEX user_sessions_by_address;
ALTER TABLE user_sessions
  ADD COLUMN device_id text COLLATE "C",
  ADD COLUMN place jsonb,
  ADD COLUMN address_key text COLLATE "C";
UPDATE user_sessions SET address_key = ip_address WHERE ip_address IS NOT NULL;
CREATE INDEX user_sessions_by_address ON user_sessions (address_key, created_at) WHERE address_key IS NOT NULL;

ALTER TABLE session_events ALTER COLUMN session_id DROP NOT NULL, ADD COLUMN device_id text COLLATE "C";
ALTER TABLE session_event_log ALTER COLUMN session_id DROP NOT NULL, ADD COLUMN device_id text COLLATE "C";

CREATE TABLE user_devices (
  id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  shard smallint NOT NULL,
  version integer NOT NULL,
  name text,
  device_info jsonb NOT NULL,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  sign_ins integer NOT NULL DEFAULT 1,
  trusted_until bigint,
  fingerprints text,
  fingerprinted_at bigint,
  resembles jsonb,
  seen_day integer NOT NULL GENERATED ALWAYS AS ((last_seen_at / 86400000)::integer) STORED,
  PRIMARY KEY (id, shard)
) WITH (fillfactor = 80);

CREATE INDEX user_devices_by_user ON user_devices (shard, user_id);
CREATE INDEX user_devices_by_use ON user_devices (seen_day);
CREATE INDEX user_devices_fingerprinted ON user_devices (fingerprinted_at) WHERE fingerprinted_at IS NOT NULL;

CREATE TABLE session_data_keys (
  id text COLLATE "C" PRIMARY KEY,
  sealed_table text COLLATE "C" NOT NULL,
  wrapped bytea NOT NULL,
  created_at bigint NOT NULL
);
`
}
