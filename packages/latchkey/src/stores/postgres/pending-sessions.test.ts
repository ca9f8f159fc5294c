import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InsertOutcome } from '../../ports/session-store.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  completing,
  hoursAfterNoon,
  limitedTo,
  noon,
  onDevice,
  plainly,
  queryAt,
  revokedAt,
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
  const pools = [newPool({ ...settings, max: 6 }), newPool({ ...settings, max: 6 })] as const
  const storages = [postgresStorage(pools[0]), postgresStorage(pools[1])] as const
  for (const storage of storages) await storage.open()
  try {
    await use(storages)
  } finally {
    await Promise.all(storages.map((storage) => storage.close()))
    await Promise.all(pools.map((pool) => pool.end()))
  }
}

function madeOf(outcomes: readonly InsertOutcome[]): number {
  return outcomes.filter(({ kind }) => kind === 'inserted').length
}

const live = queryAt(noon, { userId: 'ada', state: 'live' })

describe('completions on two nodes', { timeout: 60_000 }, () => {
  it.each(['with a limit', 'without one'])('of one session are one, %s', (kind) =>
    onTwoNodes(async (storages) => {
      for (let round = 0; round < 10; round += 1) {
        const pending = sampleSession('ada', { stage: 'pending', createdAt: hoursAfterNoon(-1) })
        await storages[0].sessions.insert(pending, plainly)
        const limit = kind === 'without one' ? null : limitedTo(3, 'end-oldest').limit
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            storages[index % 2 === 0 ? 0 : 1].sessions.insert(sampleSession('ada'), {
              ...completing(pending),
              limit,
            }),
          ),
        )
        expect(madeOf(outcomes)).toBe(1)
        expect(await storages[0].sessions.count(live)).toBe(
          limit === null ? round + 1 : Math.min(3, round + 1),
        )
      }
      expect(await storages[0].statistics.recountActive()).toBe(
        (await storages[0].statistics.totals()).active,
      )
    }),
  )

  it('come between sign-ins on the device and endings of the user, and none waits for another in a circle', () =>
    onTwoNodes(async (storages) => {
      const device = sampleDevice('ada')
      for (let round = 0; round < 15; round += 1) {
        const pending = sessionOn(device, { stage: 'pending' })
        const named = sampleSession('ada')
        await storages[0].sessions.insert(named, plainly)
        await storages[0].sessions.insert(pending, onDevice(device, 'keep-earlier'))
        const ending = { kind: 'user', userId: 'ada', except: null } as const
        const [ended, ...outcomes] = await Promise.all([
          storages[1].sessions.invalidate(ending, revokedAt(noon)),
          ...Array.from({ length: 12 }, (_, index) => {
            const { sessions } = storages[index % 2 === 0 ? 0 : 1]
            const onIt = onDevice(device)
            return index % 3 === 0
              ? sessions.insert(sessionOn(device), onIt)
              : sessions.insert(sessionOn(device), {
                  ...completing(pending),
                  device: onIt.device,
                  replaces: named.id,
                  limit: index % 3 === 1 ? limitedTo(4, 'end-oldest').limit : null,
                })
          }),
        ])
        const completions = outcomes.filter((_, index) => index % 3 !== 0)
        const wasEnded = ended.some(({ id }) => id === pending.id)
        expect(madeOf(outcomes) - madeOf(completions)).toBe(4)
        expect(madeOf(completions)).toBeLessThanOrEqual(wasEnded ? 0 : 1)
        expect((await storages[0].sessions.find(pending.id))?.invalidatedAt).toBe(noon)
      }
      expect(await storages[0].statistics.recountActive()).toBe(
        (await storages[0].statistics.totals()).active,
      )
    }))
})
