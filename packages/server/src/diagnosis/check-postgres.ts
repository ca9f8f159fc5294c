import type { PostgresObstacle } from '../program/postgres-obstacle.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

/** A PostgreSQL database that can be used. */
export interface PostgresFacts {
  /** Without its password. */
  readonly url: string
  /** `18.0` */
  readonly version: string
  readonly fsync: boolean
  readonly fullPageWrites: boolean
  /** What connections of this user to this database really get. */
  readonly synchronousCommit: string
}

export function checkPostgres(facts: PostgresFacts): Finding {
  const { url, version, fsync, fullPageWrites, synchronousCommit } = facts
  if (synchronousCommit === 'off') {
    return failed(
      'database',
      `${url} (PostgreSQL ${version}) runs with synchronous_commit off: a crash may take back an ending that was acknowledged.`,
      'ALTER ROLE … SET synchronous_commit = on, and take it out of ALTER DATABASE, postgresql.conf and the options of LATCHKEY_DATABASE_URL.',
    )
  }
  if (!fsync || !fullPageWrites) {
    return warning(
      'database',
      `${url} (PostgreSQL ${version}) runs with ${fsync ? 'full_page_writes' : 'fsync'} off: a crash of its machine may lose or damage everything.`,
      'Set fsync and full_page_writes to on in postgresql.conf. Off is for databases that may be lost, as in tests.',
    )
  }
  return ok(
    'database',
    `${url} (PostgreSQL ${version}) can be read and written and has the schema that this version needs.`,
  )
}

export function cannotBeUsed(url: string, { saw, mend }: PostgresObstacle): Finding {
  return failed(
    'database',
    `${url} cannot be used. ${saw}.`,
    `${mend.charAt(0).toUpperCase()}${mend.slice(1)}.`,
  )
}
