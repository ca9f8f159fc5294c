import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Storage } from '../../ports/storage.ts'
import type {
  FaultyFixture,
  LastingFixture,
  StorageFixture,
} from '../../testing/session-store-contract/contract-case.ts'
import { sessionStoreContract } from '../../testing/session-store-contract.ts'
import { failingPool } from './failing-pool.fake.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

async function createLasting(): Promise<LastingFixture> {
  const settings = await postgres.newSchema()
  const pools: Pool[] = []
  return {
    another(): Storage {
      const pool = newPool({ ...settings, max: 5 })
      pools.push(pool)
      return postgresStorage(pool)
    },
    async dispose() {
      await Promise.all(pools.map((pool) => pool.end()))
    },
  }
}

async function create(): Promise<StorageFixture> {
  const { another, dispose } = await createLasting()
  return { storage: another(), dispose }
}

async function createFaulty(): Promise<FaultyFixture> {
  const pool = newPool({ ...(await postgres.newSchema()), max: 3 })
  const failing = failingPool(pool)
  const storage = postgresStorage(failing.pool)
  return {
    storage: {
      ...storage,
      async open() {
        await storage.open()
        await failing.prepare()
      },
    },
    failStep: failing.failWrite,
    dispose: () => pool.end(),
  }
}

describe('the contract on PostgreSQL', () => {
  const contract = sessionStoreContract({ create, createLasting, createFaulty })
  for (const { name, run } of contract) it(name, run, 60_000)
})
