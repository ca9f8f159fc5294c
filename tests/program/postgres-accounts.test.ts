import { systemClock } from 'latchkey'
import { migratePostgres, postgresStorage } from 'latchkey/postgres'
import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAccounts } from '../../packages/server/src/accounts/accounts.ts'
import { postgresDatabaseIdentity } from '../../packages/server/src/accounts/database-identity.ts'
import { postgresAccountStore } from '../../packages/server/src/accounts/postgres-account-store.ts'
import { migratePostgresAccounts } from '../../packages/server/src/accounts/postgres-accounts-schema.ts'
import { postgresApiKeyStore } from '../../packages/server/src/accounts/postgres-api-key-store.ts'
import { postgresAttemptStore } from '../../packages/server/src/accounts/postgres-attempt-store.ts'
import { postgresSavedFilterStore } from '../../packages/server/src/accounts/postgres-saved-filter-store.ts'
import {
  type PostgresStatements,
  postgresStatements,
} from '../../packages/server/src/accounts/postgres-statements.ts'
import { accountStoreContract } from '../../packages/server/src/testing/account-store-contract.ts'
import { apiKeyStoreContract } from '../../packages/server/src/testing/api-key-store-contract.ts'
import { attemptStoreContract } from '../../packages/server/src/testing/attempt-store-contract.ts'
import { savedFilterStoreContract } from '../../packages/server/src/testing/saved-filter-store-contract.ts'
import { newPool, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'

let postgres: PostgresUnderTest
const pools: Pool[] = []

beforeAll(async () => {
  postgres = await startPostgres()
})
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})
afterAll(() => postgres.dispose())

async function twoConnections(): Promise<readonly [PostgresStatements, PostgresStatements]> {
  const settings = await postgres.newSchema()
  const [one, another] = [newPool(settings), newPool(settings)]
  pools.push(one, another)
  await Promise.all([migratePostgresAccounts(one), migratePostgresAccounts(another)])
  await migratePostgres(one)
  return [postgresStatements(one), postgresStatements(another)]
}

/** Of the schema that was made last. */
async function eventsRead(): Promise<readonly (readonly [string, string | null])[]> {
  const [pool] = pools
  if (pool === undefined) throw new Error('there is no schema yet')
  const storage = postgresStorage(pool)
  await storage.open()
  const events = await storage.events.read(0, 100)
  await storage.close()
  return events.map(({ type, userId }) => [type, userId] as const)
}

describe('accounts on PostgreSQL', () => {
  it.each(accountStoreContract)('$name', async ({ check }) => {
    const [one, another] = await twoConnections()
    await check([postgresAccountStore(one), postgresAccountStore(another)], eventsRead)
  })

  it('a write that fails half-way leaves nothing, and its connection is of use again', async () => {
    const [{ run, write }] = await twoConnections()
    const failing = write(async (locked) => {
      await locked("INSERT INTO setup_links (only_one, token_hash, expires_at) VALUES (1, '', 1)")
      throw new Error('half-way')
    })
    await expect(failing).rejects.toThrow('half-way')
    expect(await run('SELECT * FROM setup_links')).toEqual([])
    expect(pools[0]?.idleCount).toBe(1)
  })

  it('a write is refused when its connection breaks, and the next one takes another', async () => {
    const [{ run, write }] = await twoConnections()
    const broken = write(async (locked) => {
      const [own] = await locked<{ readonly id: number }>('SELECT pg_backend_pid() AS id')
      await run('SELECT pg_terminate_backend($1)', own?.id)
      await locked('SELECT 1')
    })
    await expect(broken).rejects.toMatchObject({ code: 'storage-unavailable' })
    expect(await write((locked) => locked('SELECT 1 AS one'))).toEqual([{ one: 1 }])
  })

  it('nothing that a person typed shows in an error', async () => {
    const [statements] = await twoConnections()
    await statements.run('DROP TABLE setup_links')
    const accounts = createAccounts({ store: postgresAccountStore(statements), clock: systemClock })
    const refused: unknown = await accounts
      .ensureAdministrator({ email: 'canary@example.com', password: 'canary password' })
      .catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({ code: 'storage-failed' })
    expect(`${refused instanceof Error ? refused.message : ''}${JSON.stringify(refused)}`).not.toContain(
      'canary',
    )
  })
})

describe('API keys on PostgreSQL', () => {
  it.each(apiKeyStoreContract)('$name', async ({ check }) => {
    const [one, another] = await twoConnections()
    await check([postgresApiKeyStore(one), postgresApiKeyStore(another)], eventsRead)
  })
})

describe('counted attempts on PostgreSQL', () => {
  it.each(attemptStoreContract)('$name', async ({ check }) => {
    const [one, another] = await twoConnections()
    await check([postgresAttemptStore(one), postgresAttemptStore(another)])
  })
})

it('a PostgreSQL database is named once, for all nodes that are the first one', async () => {
  const [one, another] = await twoConnections()
  const [first, second] = await Promise.all([
    postgresDatabaseIdentity(one),
    postgresDatabaseIdentity(another),
  ])
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect(second).toBe(first)
})

describe('saved filters on PostgreSQL', () => {
  it.each(savedFilterStoreContract)('$name', async ({ check }) => {
    const [one, another] = await twoConnections()
    await check([postgresSavedFilterStore(one), postgresSavedFilterStore(another)], postgresAccountStore(one))
  })
})
