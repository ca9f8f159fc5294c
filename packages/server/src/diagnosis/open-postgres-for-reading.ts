import type { Clock } from 'latchkey'
import { LatchkeyError } from 'latchkey'
import { type PostgresPool, postgresStorage } from 'latchkey/postgres'
import { findPostgresIdentity } from '../accounts/database-identity.ts'
import { requireCurrentAccounts } from '../accounts/postgres-accounts-schema.ts'
import { onlyRow, postgresStatements } from '../accounts/postgres-statements.ts'
import type { Settings } from '../configuration/settings.ts'
import { measureDatabaseClock } from '../program/postgres-clock.ts'
import { type PostgresObstacle, postgresObstacle } from '../program/postgres-obstacle.ts'
import { endPool, type PostgresSettings, postgresPool } from '../program/postgres-pool.ts'
import { lackingPrivileges } from '../program/postgres-privileges.ts'
import { compareSecret } from '../program/postgres-secret.ts'
import { checkDatabaseClock } from './check-database-clock.ts'
import { checkNodes } from './check-nodes.ts'
import { cannotBeUsed, checkPostgres, type PostgresFacts } from './check-postgres.ts'
import type { Finding } from './finding.ts'
import { type Looking, type Opening, sessionsForReading } from './looking.ts'
import { openedForReading } from './opened-for-reading.ts'

/** Never makes, migrates or changes anything, whether nodes are running on the database or not. */
export async function openPostgresForReading(
  settings: Settings,
  database: PostgresSettings,
  clock: Clock,
): Promise<Opening> {
  const pool = postgresPool(database, 'maintenance')
  const explain = (thrown: unknown): Finding =>
    cannotBeUsed(settings.databaseUrl, obstacleOf(thrown, database))
  const storage = openedForReading(postgresStorage(pool, { migrate: 'by-hand' }), settings)
  try {
    const sessions = await sessionsForReading(settings, storage, clock)
    await requireCurrentAccounts(pool)
    const statements = postgresStatements(pool)
    const looking: Looking = {
      sessions,
      storage,
      identity: () => findPostgresIdentity(statements),
      compareSecret: (secret) => compareSecret(statements, secret),
      compareClock: async () => checkDatabaseClock(await measureDatabaseClock(statements, clock)),
      lookAtNodes: async () =>
        storage.sharing.kind === 'announced' ? [checkNodes(await storage.sharing.nodes.nodes())] : [],
      explain,
      close: async () => {
        await sessions.close()
        await endPool(pool)
      },
    }
    return { looking, finding: await look(pool, settings.databaseUrl) }
  } catch (thrown) {
    await storage.close()
    await endPool(pool)
    return { looking: null, finding: explain(thrown) }
  }
}

async function look(pool: PostgresPool, url: string): Promise<Finding> {
  const lacking = await lackingPrivileges(pool)
  if (lacking) return cannotBeUsed(url, lacking)
  const { run } = postgresStatements(pool)
  const facts = onlyRow(
    await run<Omit<PostgresFacts, 'url'>>(
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version, current_setting('fsync')::boolean AS fsync,
         current_setting('full_page_writes')::boolean AS "fullPageWrites",
         current_setting('synchronous_commit') AS "synchronousCommit"`,
    ),
  )
  return checkPostgres({ url, ...facts })
}

function obstacleOf(thrown: unknown, { place }: PostgresSettings): PostgresObstacle {
  const obstacle = postgresObstacle(thrown, place)
  if (obstacle) return obstacle
  if (!(thrown instanceof LatchkeyError)) throw thrown
  // The sentence says what was seen and, after a semicolon, what to do.
  const [saw = '', mend] = thrown.message.replace(/\.$/, '').split('; ')
  if (thrown.code === 'storage-too-new' || mend === undefined) {
    return { saw, mend: 'see docs/troubleshooting.md, "The server does not start"' }
  }
  return { saw, mend }
}
