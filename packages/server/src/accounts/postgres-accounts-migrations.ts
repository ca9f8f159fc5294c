/** As `accountsMigrations`, for PostgreSQL. A migration that was released is never changed. */
export const postgresAccountsMigrations: readonly string[] = [
  `CREATE TABLE accounts (
  id text COLLATE "C" PRIMARY KEY,
  email text COLLATE "C" NOT NULL UNIQUE,
  role text NOT NULL CHECK (role IN ('user', 'admin')),
  password_hash text NOT NULL,
  created_at bigint NOT NULL
);

CREATE INDEX accounts_administrators ON accounts (role) WHERE role = 'admin';

CREATE TABLE setup_links (
  only_one integer PRIMARY KEY CHECK (only_one = 1),
  token_hash bytea NOT NULL,
  expires_at bigint NOT NULL
);

CREATE TABLE api_keys (
  id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  hint text NOT NULL,
  created_at bigint NOT NULL,
  revoked_at bigint
);

CREATE TABLE secret_checks (
  only_one integer PRIMARY KEY CHECK (only_one = 1),
  check_value bytea NOT NULL
);`,
  `CREATE TABLE attempt_counts (
  key text COLLATE "C" PRIMARY KEY,
  points integer NOT NULL,
  expires_at bigint NOT NULL
);

CREATE INDEX attempt_counts_over ON attempt_counts (expires_at);

CREATE TABLE database_identity (
  only_one integer PRIMARY KEY CHECK (only_one = 1),
  id text NOT NULL
);`,
  `CREATE TABLE saved_filters (
  account_id text COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  filter text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (account_id, name)
);`,
]

/** The tables that a program in service reads and writes. */
export const accountsTables: readonly string[] = [
  'accounts',
  'setup_links',
  'api_keys',
  'secret_checks',
  'attempt_counts',
  'database_identity',
  'saved_filters',
]
