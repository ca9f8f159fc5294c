import { type ErrorCode, LatchkeyError } from '../../foundation/errors.ts'
import { statementsOn } from './connection.ts'
import type { PostgresPool } from './postgres-pool.ts'

/** What the server says of itself, as the connections of the pool see it. */
export interface ServerFacts {
  /** 150004 is 15.4. */
  readonly version: number
  readonly encoding: string
  readonly synchronousCommit: string
  /** Of what is no transaction of ours: single statements. */
  readonly isolation: string
  readonly isReplica: boolean
  readonly isReadOnly: boolean
  /** Where tables are made and found; null: nowhere. */
  readonly schema: string | null
}

/** The statements use what 15 brought; older ones are not tested. */
const oldestVersion = 15

/** Two names of one thing in PostgreSQL. In any other a statement that waited for another one fails. */
const readCommitted: ReadonlySet<string> = new Set(['read committed', 'read uncommitted'])

const facts = `SELECT current_setting('server_version_num')::integer AS version,
  current_setting('server_encoding') AS encoding,
  current_setting('synchronous_commit') AS "synchronousCommit",
  current_setting('default_transaction_isolation') AS isolation,
  pg_is_in_recovery() AS "isReplica",
  current_setting('default_transaction_read_only')::boolean AS "isReadOnly",
  current_schema() AS schema`

/** Rejects a database on which a promise could not be kept, with a sentence that says what to do. */
export async function checkServer(pool: PostgresPool): Promise<void> {
  const [found] = await statementsOn(pool).all<ServerFacts>(facts)
  const fault = found === undefined ? null : faultOf(found)
  if (fault !== null) throw fault
}

export function faultOf(server: ServerFacts): LatchkeyError | null {
  return faultOfServer(server) ?? faultOfDatabase(server)
}

function faultOfServer(server: ServerFacts): LatchkeyError | null {
  const major = Math.floor(server.version / 10_000)
  if (major < oldestVersion) {
    return fault(
      'storage-failed',
      `The server is PostgreSQL ${major}, and ${oldestVersion} or newer is needed; update it.`,
    )
  }
  if (server.isReplica) {
    return fault('storage-unavailable', 'The server is a read-only replica; name its primary instead.')
  }
  if (server.isReadOnly) {
    return fault(
      'storage-unavailable',
      'The database is read-only by its setting default_transaction_read_only; set it to off for this user and database.',
    )
  }
  return null
}

function faultOfDatabase(server: ServerFacts): LatchkeyError | null {
  if (server.encoding !== 'UTF8') {
    return fault(
      'storage-failed',
      `The database has the encoding ${server.encoding}, and must have the encoding UTF8; make it anew with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    )
  }
  if (server.synchronousCommit === 'off') {
    return fault(
      'storage-failed',
      'synchronous_commit is off, so that a crash could take back an ending that was acknowledged; set it to on for this user and database.',
    )
  }
  if (!readCommitted.has(server.isolation)) {
    return fault(
      'storage-failed',
      `default_transaction_isolation is ${server.isolation}, so that changes at once would fail; set it to read committed for this user and database.`,
    )
  }
  if (server.schema === null) {
    return fault(
      'storage-failed',
      'No schema of the search_path exists that the user may use; make it, or GRANT USAGE ON SCHEMA … to the user.',
    )
  }
  return null
}

function fault(code: ErrorCode, message: string): LatchkeyError {
  return new LatchkeyError(code, message)
}
