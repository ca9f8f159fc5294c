import type { PostgresPool } from 'latchkey/postgres'
import { accountsTables } from '../accounts/postgres-accounts-migrations.ts'
import { onlyRow, postgresStatements } from '../accounts/postgres-statements.ts'
import type { PostgresObstacle } from './postgres-obstacle.ts'

/** The tables that the library reads and writes; `docs/postgresql.md` lists them for `GRANT`. */
const sessionTables = [
  'user_sessions',
  'user_devices',
  'session_data_keys',
  'session_claims',
  'session_events',
  'session_events_numbered',
  'session_event_log',
  'session_counters',
  'session_cut_offs',
  'session_audit_links',
  'session_nodes',
  'forgotten_sessions',
  'forgotten_moments',
  'session_facet_sets',
  'session_rollups',
  'session_rollup_members',
  'session_log_readers',
  'user_histories',
  'session_alerts',
  'session_alert_mutes',
  'session_detectors',
  'session_bulk_endings',
  'session_work_claims',
]

/** Read at each start; only who migrates writes them. */
const versionTables = ['user_sessions_migrations', 'program_schema']

interface Lacking {
  readonly schema: string
  readonly user: string
  /** Which of the tables that are there the user may not read and write, or not even read. */
  readonly tables: readonly string[]
  readonly versions: readonly string[]
}

const statement = `WITH found AS (
  SELECT relname::text AS name, has_table_privilege(oid, 'SELECT') AS readable,
    has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE')
      AND has_table_privilege(oid, 'DELETE') AS writable
  FROM pg_class WHERE relnamespace = current_schema()::regnamespace
)
SELECT current_schema() AS schema, current_user AS user,
  ARRAY(SELECT name FROM found WHERE name = ANY($1::text[]) AND NOT (readable AND writable) ORDER BY name) AS tables,
  ARRAY(SELECT name FROM found WHERE name = ANY($2::text[]) AND NOT readable ORDER BY name) AS versions`

/** Null when the user may read and write every table. Asked at the start, so that no request is the first to find out. */
export async function lackingPrivileges(pool: PostgresPool): Promise<PostgresObstacle | null> {
  const { run } = postgresStatements(pool)
  const { schema, user, tables, versions } = onlyRow(
    await run<Lacking>(statement, [...sessionTables, ...accountsTables], versionTables),
  )
  if (tables.length > 0) {
    return {
      saw: `User "${user}" may not read and write ${tables.join(', ')}`,
      mend: `as their owner: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${user}`,
    }
  }
  if (versions.length === 0) return null
  return {
    saw: `User "${user}" may not read ${versions.join(', ')}`,
    mend: `as their owner: GRANT SELECT ON ${versions.join(', ')} TO ${user}`,
  }
}

/** The answer to a start on a schema that is missing or old, by a user who may not make or change tables. */
export async function mayNotMigrate(pool: PostgresPool): Promise<PostgresObstacle> {
  const { run } = postgresStatements(pool)
  const { user, schema } = onlyRow(
    await run<{ readonly user: string; readonly schema: string }>(
      'SELECT current_user AS user, current_schema() AS schema',
    ),
  )
  return {
    saw: `The database does not have the tables that this version needs, and user "${user}" may not make them`,
    mend: `run latchkey migrate as their owner, or GRANT CREATE ON SCHEMA ${schema} TO ${user}`,
  }
}
