import type { Pool, PoolConfig } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BusEars, Membership } from '../../ports/invalidation-bus.ts'
import { Announcer } from './announcements.ts'
import { type Connection, postgresConnection } from './connection.ts'
import { type PostgresInvalidationBus, postgresInvalidationBus } from './invalidation-bus.ts'
import { migratePostgres } from './migrate.ts'
import { postgresNodeRegistry } from './node-registry.ts'
import type { PostgresPool } from './postgres-pool.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'

let postgres: PostgresUnderTest
const pools: Pool[] = []

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()))
  await postgres.dispose()
})

async function migrated(): Promise<PoolConfig> {
  const settings = await postgres.newSchema()
  await migratePostgres(poolOf(settings))
  return settings
}

function poolOf(settings: PoolConfig): Pool {
  const pool = newPool({ ...settings, application_name: 'latchkey-bus' })
  pools.push(pool)
  return pool
}

interface Heard {
  readonly ears: BusEars
  /** The memberships so far; one more each time that it hears anew. */
  next(): Promise<Membership>
  readonly lost: () => number
}

function earsUnderTest(): Heard {
  const waiting: ((membership: Membership) => void)[] = []
  const come: Membership[] = []
  let lost = 0
  const ignore = (): void => undefined
  return {
    ears: {
      hearing(membership) {
        const first = waiting.shift()
        if (first) first(membership)
        else come.push(membership)
      },
      lost: () => {
        lost += 1
      },
      invalidated: ignore,
      announcing: ignore,
      committed: ignore,
      abandoned: ignore,
      confirmed: ignore,
    },
    next() {
      const known = come.shift()
      return known ? Promise.resolve(known) : new Promise((resolve) => waiting.push(resolve))
    },
    lost: () => lost,
  }
}

async function busOn(pool: PostgresPool): Promise<{ bus: PostgresInvalidationBus; connection: Connection }> {
  const connection = postgresConnection(pool)
  await connection.open(async () => undefined)
  const options = { announcer: new Announcer(), onHeard: () => undefined, patience: 500 }
  return { bus: postgresInvalidationBus(pool, connection, options), connection }
}

it('hears again after its connection was cut, with another membership', async () => {
  const pool = poolOf(await migrated())
  const { bus } = await busOn(pool)
  const heard = earsUnderTest()
  await bus.join(heard.ears)
  const first = await heard.next()
  await first.register('node-a', [])
  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'latchkey-bus' AND query LIKE '%session_nodes%' AND pid <> pg_backend_pid()`)
  const second = await heard.next()
  expect(heard.lost()).toBe(1)
  await expect(first.renew('node-a', 6_000 as never)).rejects.toThrow()
  expect((await second.renew('node-a', 6_000 as never)).isHeld).toBe(true)
  bus.close()
})

it('takes another connection when a membership is abandoned, once', async () => {
  const { bus } = await busOn(poolOf(await migrated()))
  const heard = earsUnderTest()
  await bus.join(heard.ears)
  const first = await heard.next()
  first.abandon()
  first.abandon()
  expect(heard.lost()).toBe(1)
  await (await heard.next()).register('node-b', [])
  bus.close()
})

it('says so when nothing is heard on the connection that listens, as behind a pooler', async () => {
  const { bus } = await busOn(deaf(poolOf(await migrated())))
  await expect(bus.join(earsUnderTest().ears)).rejects.toThrow(/PgBouncer in transaction mode/)
  bus.close()
})

/** The same pool, on whose connections no message arrives. */
function deaf(pool: Pool): PostgresPool {
  return {
    query: (query) => pool.query(query),
    on: (event, listener) => pool.on(event, listener),
    async connect() {
      const connection = await pool.connect()
      return {
        query: (query) => connection.query(query),
        on: (event: string, listener: never) =>
          event === 'notification' ? connection : connection.on(event as 'error', listener),
        off: (event, listener) => connection.off(event, listener),
        release: (destroy) => connection.release(destroy),
      }
    },
  }
}

it('gives people the name and the age of each node', async () => {
  const pool = poolOf(await migrated())
  const { bus, connection } = await busOn(pool)
  const heard = earsUnderTest()
  await bus.join(heard.ears)
  await (await heard.next()).register('node-a', [])
  const [node] = await postgresNodeRegistry(connection).nodes()
  expect(node?.name).toMatch(/:\d+$/)
  expect(Math.abs((node?.registeredAt ?? 0) - Date.now())).toBeLessThan(60_000)
  expect(node?.sinceRenewal).toBeGreaterThanOrEqual(0)
  bus.close()
})
