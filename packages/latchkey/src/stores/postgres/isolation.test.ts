import type { Pool, PoolConfig } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '../../ports/storage.ts'
import {
  limitedTo,
  noon,
  queryAt,
  sampleSession,
} from '../../testing/session-store-contract/sample-session.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

const connections = 2

let postgres: PostgresUnderTest
let settings: PoolConfig
const pools: Pool[] = []
const storages: Storage[] = []

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)
afterAll(() => postgres.dispose(), 60_000)

beforeEach(async () => {
  settings = await postgres.newSchema()
})
afterEach(async () => {
  await Promise.all(storages.splice(0).map((storage) => storage.close()))
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})

function storageOn(options = ''): { readonly storage: Storage; readonly pool: Pool } {
  const pool = newPool({ ...settings, max: connections, options: `${settings.options} ${options}` })
  const storage = postgresStorage(pool)
  pools.push(pool)
  storages.push(storage)
  return { storage, pool }
}

describe('on a database with another isolation than read committed', { timeout: 60_000 }, () => {
  it.each(['repeatable read', 'serializable'])('a storage does not open: %s', async (isolation) => {
    const { storage } = storageOn(`-c default_transaction_isolation=${isolation.replace(' ', '\\ ')}`)
    const refusal = { code: 'storage-failed', message: expect.stringContaining(`isolation is ${isolation}`) }
    await expect(storage.open()).rejects.toMatchObject(refusal)
  })

  it('that is set while they are open, nodes let users sign in at once, up to the limit', async () => {
    const most = 3
    const nodes = Array.from({ length: 10 }, () => storageOn())
    for (const { storage, pool } of nodes) {
      await storage.open()
      await setIsolation(pool)
    }
    const plan = limitedTo(most, 'end-oldest')
    const outcomes = await Promise.allSettled(
      [...nodes, ...nodes].map(({ storage }) => storage.sessions.insert(sampleSession('ada'), plan)),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    const live = queryAt(noon, { userId: 'ada', state: 'live' })
    expect(await nodes[0]?.storage.sessions.count(live)).toBe(most)
  })
})

/** On every connection that there is, as on all that are made after `ALTER DATABASE`. */
async function setIsolation(pool: Pool): Promise<void> {
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()))
  for (const client of clients) {
    await client.query("SET default_transaction_isolation = 'repeatable read'")
    client.release()
  }
}
