import type { Pool } from 'pg'
import type { PostgresConnection, PostgresPool, PostgresQuery, PostgresResult } from './postgres-pool.ts'

/** A pool on which the database itself fails in the middle of a statement. */
export interface FailingPool {
  readonly pool: PostgresPool
  /** To be called once, when the tables are there. */
  prepare(): Promise<void>
  /** Lets the write of a row that has this number, counted from now, fail once; what is returned says whether it did. */
  failWrite(number: number): () => boolean
}

const tables = [
  'user_sessions',
  'user_devices',
  'session_data_keys',
  'session_claims',
  'session_events',
  'session_event_log',
  'session_audit_links',
  'session_cut_offs',
  'session_counters',
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

/** A sequence counts also what is undone, so that a write fails once only. 58030 is the code of a broken disk. */
const preparation = `
CREATE SEQUENCE writes;
CREATE TABLE failing_write (number bigint NOT NULL);
INSERT INTO failing_write VALUES (0);
CREATE FUNCTION fail_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('writes') = (SELECT number FROM failing_write) THEN
    RAISE EXCEPTION 'could not write' USING ERRCODE = '58030';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
${tables
  .map(
    (table) =>
      `CREATE TRIGGER fail BEFORE INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION fail_write();`,
  )
  .join('\n')}`

/** The part of a pool or a client that runs a statement. */
type Run = (query: PostgresQuery) => Promise<PostgresResult>

export function failingPool(pool: Pool): FailingPool {
  let due: number | null = null
  let hasFailed = false

  /** The number is set before the statement that follows, since asking for a failure cannot wait. */
  const watched =
    (run: Run): Run =>
    async (query) => {
      const number = due
      due = null
      if (number !== null) {
        await pool.query(`UPDATE failing_write SET number = ${number}; ALTER SEQUENCE writes RESTART`)
      }
      try {
        return await run(query)
      } catch (thrown) {
        if (thrown instanceof Error && 'code' in thrown && thrown.code === '58030') hasFailed = true
        throw thrown
      }
    }

  return {
    pool: wrapped(pool, watched),
    prepare: async () => void (await pool.query(preparation)),
    failWrite(number) {
      hasFailed = false
      due = number
      return () => {
        due = 0
        return hasFailed
      }
    },
  }
}

/** The pool with each statement on its way through `around`. */
export function wrapped(pool: Pool, around: (run: Run) => Run): PostgresPool {
  return {
    query: around((query) => pool.query(query)),
    async connect() {
      const client = await pool.connect()
      return {
        query: around((query) => client.query(query)),
        on: client.on.bind(client) as PostgresConnection['on'],
        off: (event, listener) => client.off(event, listener),
        release: (destroy) => client.release(destroy),
      }
    },
    on: (event, listener) => pool.on(event, listener),
  }
}
