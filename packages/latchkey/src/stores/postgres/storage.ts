import type { Storage } from '../../ports/storage.ts'
import { postgresAlertStore } from './alert-store.ts'
import { Announcer } from './announcements.ts'
import { postgresAuditLinks } from './audit-links.ts'
import { postgresBulkEndingStore } from './bulk-ending-store.ts'
import { checkServer } from './check-server.ts'
import { type Connection, postgresConnection } from './connection.ts'
import { postgresCutOffStore } from './cut-off-store.ts'
import { postgresDataKeyStore } from './data-key-store.ts'
import { postgresDeviceStore } from './device-store.ts'
import { postgresEventLog } from './event-log.ts'
import { postgresInvalidationBus } from './invalidation-bus.ts'
import { postgresLiveFeed } from './live-feed.ts'
import { migratePostgres, requireCurrentSchema, requireSchema } from './migrate.ts'
import { postgresNodeRegistry } from './node-registry.ts'
import type { PostgresPool } from './postgres-pool.ts'
import { postgresRollupStore } from './rollup-store.ts'
import { postgresSealedValues } from './sealed-values.ts'
import { postgresSessionStatistics } from './session-statistics.ts'
import { postgresSessionStore } from './session-store.ts'
import { postgresWorkClaims } from './work-claims.ts'

/** How `postgresStorage` uses its database. */
export interface PostgresStorageOptions {
  /**
   * `when-opened`: `open` brings the schema up to date. `by-hand`: it only asks whether it is, for users of the
   * database that may not make tables; see `migratePostgres` and `postgresMigrations`. Default `when-opened`.
   */
  readonly migrate?: 'when-opened' | 'by-hand'
  /** Into how many partitions by hash of `shard` the table of sessions is divided when it is made. Default 0: none. */
  readonly partitions?: number
}

/**
 * Keeps sessions in PostgreSQL 15 or newer, for any number of processes. Every change is one commit; an ending
 * that was acknowledged is refused by every process from then on. Each tells the others what it changes, and caches
 * sessions for as long as it is sure to hear them.
 *
 * The pool is the caller's: it says where the database is, how many connections there are and how long one waits
 * for them, and the caller ends it after `close`. One of its connections listens, and another one while somebody
 * follows events: give it three at least, and time-outs.
 *
 * @example
 * import { Pool } from 'pg'
 *
 * const pool = new Pool({ connectionString: process.env.DATABASE_URL })
 * const sessions = await createSessions({ storage: postgresStorage(pool) })
 */
export function postgresStorage(pool: PostgresPool, options: PostgresStorageOptions = {}): Storage {
  const { migrate = 'when-opened', partitions = 0 } = options
  const connection = postgresConnection(pool)
  const feed = postgresLiveFeed(pool, connection)
  const events = postgresEventLog(connection, feed.changed)
  const changes = { settled: events.settled, changed: feed.changed, announced: feed.wake }
  const announcer = new Announcer()
  const bus = postgresInvalidationBus(pool, connection, { announcer, onHeard: feed.wake })
  tolerateBrokenConnections(pool)
  return {
    engine: 'postgres',
    sessions: admitting(connection, postgresSessionStore(connection, announcer, changes)),
    devices: admitting(connection, postgresDeviceStore(connection, changes)),
    statistics: admitting(connection, postgresSessionStatistics(connection)),
    events: admitting(connection, events.log),
    auditLinks: admitting(connection, postgresAuditLinks(connection)),
    cutOffs: admitting(connection, postgresCutOffStore(connection, announcer, changes)),
    rollups: admitting(connection, postgresRollupStore(connection)),
    alerts: admitting(connection, postgresAlertStore(connection, changes)),
    bulkEndings: admitting(connection, postgresBulkEndingStore(connection, changes)),
    workClaims: admitting(connection, postgresWorkClaims(connection)),
    dataKeys: admitting(connection, postgresDataKeyStore(connection)),
    sealedValues: admitting(connection, postgresSealedValues(connection)),
    liveFeed: feed,
    sharing: { kind: 'announced', bus, nodes: postgresNodeRegistry(connection) },
    open: () =>
      connection.open(() =>
        migrate === 'when-opened'
          ? migratePostgres(pool, { partitions })
          : checkServer(pool).then(() => requireCurrentSchema(pool)),
      ),
    ping: () => connection.admit(async () => void (await requireSchema(pool))),
    async close() {
      await connection.close()
      bus.close()
      feed.close()
    },
  }
}

/** The port, each call of which is admitted as a whole. */
function admitting<Port extends object>(connection: Connection, port: Port): Port {
  const methods: [string, (...values: unknown[]) => Promise<unknown>][] = Object.entries(port)
  const admitted = methods.map(([name, method]) => [
    name,
    (...values: unknown[]) => connection.admit(() => method(...values)),
  ])
  return Object.fromEntries(admitted)
}

const tolerant = new WeakSet<PostgresPool>()

/**
 * An idle connection that breaks is replaced by its pool, which tells of it. Where nobody listened that would end
 * the process, also after the storage was closed.
 */
function tolerateBrokenConnections(pool: PostgresPool): void {
  if (tolerant.has(pool)) return
  tolerant.add(pool)
  pool.on('error', () => {})
}
