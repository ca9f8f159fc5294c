import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { after, type Duration } from '../../foundation/time.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  claiming,
  limitedTo,
  noon,
  onDevice,
  plainly,
  queryAt,
  sampleDevice,
  sampleSession,
  sessionOn,
} from '../../testing/session-store-contract/sample-session.ts'
import { newPool, type PostgresUnderTest, postgresUnderTest } from './postgres-under-test.fake.ts'
import { postgresStorage } from './storage.ts'

let postgres: PostgresUnderTest

beforeAll(async () => {
  postgres = await postgresUnderTest()
}, 120_000)

afterAll(() => postgres.dispose(), 60_000)

/** Two processes, as far as the database can tell, with a few connections each. */
async function onTwoNodes(use: (storages: readonly [Storage, Storage]) => Promise<void>): Promise<void> {
  const settings = await postgres.newSchema()
  const pools = [newPool({ ...settings, max: 4 }), newPool({ ...settings, max: 4 })] as const
  const storages = [postgresStorage(pools[0]), postgresStorage(pools[1])] as const
  for (const storage of storages) await storage.open()
  try {
    await use(storages)
  } finally {
    await Promise.all(storages.map((storage) => storage.close()))
    await Promise.all(pools.map((pool) => pool.end()))
  }
}

const most = 5
const ofAda = queryAt(noon, { userId: 'ada', state: 'live' })

describe('sign-ins of one user on two nodes at a limit', { timeout: 60_000 }, () => {
  it.each(['reject', 'end-oldest', 'end-least-recent'] as const)(
    'never leave more live sessions than it allows, at any moment, whatever they bring along: %s',
    (atLimit) =>
      onTwoNodes(async (storages) => {
        const devices = [sampleDevice('ada'), sampleDevice('ada')]
        const signIn = (index: number): Promise<unknown> => {
          const { sessions } = storages[index % 2] ?? storages[0]
          const createdAt = after(noon, index as Duration)
          const device = devices[index % 3]
          const plan = limitedTo(most, atLimit)
          if (device) {
            const onIt = { ...onDevice(device, 'keep-earlier'), limit: plan.limit }
            return sessions.insert(sessionOn(device, { createdAt }), onIt)
          }
          const { idempotency } = claiming(`${index}`, 'request')
          const claim = index % 2 === 0 ? idempotency : null
          return sessions.insert(sampleSession('ada', { createdAt }), { ...plan, idempotency: claim })
        }
        let isDone = false
        const counts: number[] = []
        const watch = async (): Promise<void> => {
          while (!isDone) counts.push(await storages[0].sessions.count(ofAda))
        }
        const watching = watch()
        await Promise.all(Array.from({ length: 100 }, (_, index) => signIn(index)))
        isDone = true
        await watching
        expect(Math.max(...counts)).toBeLessThanOrEqual(most)
        expect(await storages[1].sessions.count(ofAda)).toBe(most)
        const { active, created, ended } = await storages[1].statistics.totals()
        expect(active).toBe(most)
        expect(created).toBe(atLimit === 'reject' ? most : 100)
        expect(ended['session-limit']).toBe(created - most)
        expect(await storages[1].statistics.recountActive()).toBe(most)
      }),
  )

  it('wait for nobody else and hold no connection while they wait for one another', () =>
    onTwoNodes(async ([storage]) => {
      const many = Array.from({ length: 40 }, () =>
        storage.sessions.insert(sampleSession('ada'), limitedTo(most, 'end-oldest')),
      )
      const others = Array.from({ length: 10 }, () => storage.sessions.insert(sampleSession('bob'), plainly))
      expect((await Promise.all(others)).every(({ kind }) => kind === 'inserted')).toBe(true)
      expect(await storage.sessions.count(ofAda)).toBeLessThanOrEqual(most)
      await Promise.all(many)
    }))
})
