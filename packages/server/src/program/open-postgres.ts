import { systemClock } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import { sealedStorage } from 'latchkey/sealed'
import { postgresDatabaseIdentity } from '../accounts/database-identity.ts'
import { postgresAccountStore } from '../accounts/postgres-account-store.ts'
import { requireAccounts } from '../accounts/postgres-accounts-schema.ts'
import { postgresApiKeyStore } from '../accounts/postgres-api-key-store.ts'
import { postgresAttemptStore } from '../accounts/postgres-attempt-store.ts'
import { postgresSavedFilterStore } from '../accounts/postgres-saved-filter-store.ts'
import { postgresStatements } from '../accounts/postgres-statements.ts'
import type { Settings } from '../configuration/settings.ts'
import { refuseSkewedClock } from './postgres-clock.ts'
import { postgresObstacle, startErrorOf } from './postgres-obstacle.ts'
import { endPool, type PostgresSettings, postgresPool } from './postgres-pool.ts'
import { lackingPrivileges } from './postgres-privileges.ts'
import { migrateDatabase } from './postgres-schema.ts'
import { secretOfDatabase } from './postgres-secret.ts'
import type { ProgramDatabase, SealingOptions } from './program-database.ts'

/** Brings the schema up to date and compares the master secret. Rejects with one sentence about what stands in the way. */
export async function openPostgres(
  settings: Settings,
  database: PostgresSettings,
  sealing: SealingOptions,
): Promise<ProgramDatabase> {
  await withMaintenance(database, (pool) => migrateDatabase(pool, { partitions: 0 }))
  const pool = postgresPool(database, 'requests')
  const statements = postgresStatements(pool)
  const explained = (thrown: unknown): unknown => explainedBy(database, thrown)
  let ending: Promise<void> | null = null
  const close = (): Promise<void> => {
    ending ??= endPool(pool)
    return ending
  }
  try {
    const lacking = await lackingPrivileges(pool)
    if (lacking) throw startErrorOf(lacking)
    // A command that is soon over may be what somebody mends things with.
    if (sealing.upkeep === 'automatic') await refuseSkewedClock(statements, sealing.clock ?? systemClock)
    const secret = await secretOfDatabase(statements, settings)
    return {
      secret,
      storage: sealedStorage(postgresStorage(pool, { migrate: 'by-hand' }), { ...sealing, secret }),
      openStores: async () => ({
        accountStore: postgresAccountStore(statements),
        apiKeyStore: postgresApiKeyStore(statements),
        attemptStore: postgresAttemptStore(statements),
        savedFilters: postgresSavedFilterStore(statements),
        identity: await postgresDatabaseIdentity(statements),
        ping: () => requireAccounts(pool),
      }),
      close,
      explained,
    }
  } catch (thrown) {
    await close()
    throw explained(thrown)
  }
}

/** A few connections without time limits, gone afterwards. What fails is explained. */
export async function withMaintenance<Result>(
  database: PostgresSettings,
  work: (pool: ReturnType<typeof postgresPool>) => Promise<Result>,
): Promise<Result> {
  const pool = postgresPool(database, 'maintenance')
  try {
    return await work(pool)
  } catch (thrown) {
    throw explainedBy(database, thrown)
  } finally {
    await endPool(pool)
  }
}

function explainedBy({ place }: PostgresSettings, thrown: unknown): unknown {
  const obstacle = postgresObstacle(thrown, place)
  return obstacle ? startErrorOf(obstacle, thrown) : thrown
}
