import type { Storage } from '../../ports/storage.ts'
import { sqliteAlertStore } from './alert-store.ts'
import { sqliteAuditLinks } from './audit-links.ts'
import { sqliteBulkEndingStore } from './bulk-ending-store.ts'
import { type Access, type Connection, sqliteConnection } from './connection.ts'
import { sqliteCutOffStore } from './cut-off-store.ts'
import { sqliteDataKeyStore } from './data-key-store.ts'
import { sqliteDeviceStore } from './device-store.ts'
import { sqliteEventLog } from './event-log.ts'
import { type GroupCommit, groupCommit } from './group-commit.ts'
import { sqliteLiveFeed } from './live-feed.ts'
import { migrate, requireCurrentSchema } from './migrate.ts'
import { sqliteRollupStore } from './rollup-store.ts'
import { sqliteSealedValues } from './sealed-values.ts'
import { sqliteSessionStatistics } from './session-statistics.ts'
import { sqliteSessionStore } from './session-store.ts'
import { sqliteWorkClaims } from './work-claims.ts'

/** How `sqliteStorage` uses its file. */
export interface SqliteStorageOptions {
  /**
   * `read-only`: nothing is made, migrated or changed, and `open` rejects where the file or its schema is
   * missing; every change rejects. For looking at a file that may belong to a running server. Default `read-write`.
   */
  readonly access?: Access
}

/**
 * Keeps sessions in one SQLite file through `node:sqlite`, which comes with Node: write-ahead log, each commit
 * flushed to the disk before it is acknowledged. Several processes on one machine may share the file. The folder
 * must exist; the file is made with mode 0600. `:memory:` keeps everything in this process.
 *
 * @example
 * const sessions = await createSessions({ storage: sqliteStorage('app.db') })
 */
export function sqliteStorage(path: string, options: SqliteStorageOptions = {}): Storage {
  const { access = 'read-write' } = options
  return storageOn(
    sqliteConnection(path, () => {}, access),
    path === ':memory:' ? 'private' : 'shared',
    access,
  )
}

function storesOn(connection: Connection, group: GroupCommit) {
  return {
    sessions: sqliteSessionStore(connection, group),
    devices: sqliteDeviceStore(connection, group),
    statistics: sqliteSessionStatistics(connection),
    events: sqliteEventLog(connection, group),
    auditLinks: sqliteAuditLinks(connection, group),
    cutOffs: sqliteCutOffStore(connection, group),
    rollups: sqliteRollupStore(connection, group),
    alerts: sqliteAlertStore(connection, group),
    bulkEndings: sqliteBulkEndingStore(connection, group),
    workClaims: sqliteWorkClaims(connection, group),
    dataKeys: sqliteDataKeyStore(connection, group),
    sealedValues: sqliteSealedValues(connection, group),
  }
}

/** The storage on a connection of the caller's making: for tests that watch or break it. */
export function storageOn(
  connection: Connection,
  file: 'private' | 'shared',
  access: Access = 'read-write',
): Storage {
  const changeCounter = (): number => connection.dataVersion()
  const feed = sqliteLiveFeed(() => (file === 'private' ? null : orNull(changeCounter)))
  const group = groupCommit(connection, () => feed.wakeAll())
  return {
    engine: 'sqlite',
    ...storesOn(connection, group),
    liveFeed: feed,
    sharing: file === 'private' ? { kind: 'exclusive' } : { kind: 'counted', changeCounter },
    async open() {
      connection.open()
      try {
        if (access === 'read-only') requireCurrentSchema(connection)
        else await migrate(connection)
      } catch (thrown) {
        connection.close('reopenable')
        throw thrown
      }
    },
    async ping() {
      requireCurrentSchema(connection)
    },
    async close() {
      group.flush()
      feed.close()
      connection.close('for-good')
    },
  }
}

/** The feed's timer has no caller to whom a failure could be told; the next read or write meets it, too. */
function orNull(count: () => number): number | null {
  try {
    return count()
  } catch {
    return null
  }
}
