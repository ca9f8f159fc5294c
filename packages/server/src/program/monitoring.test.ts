import type { Timers } from 'latchkey'
import { expect, it, vi } from 'vitest'
import { createLogger } from './logger.ts'
import { startMonitoring } from './monitoring.ts'

type Monitored = Parameters<typeof startMonitoring>[0]

/** What one recount shows, where the counter says these numbers one after another and the rows are so many. */
async function shownBy(totals: readonly number[], rows: number, differing: number): Promise<unknown[][]> {
  const wakeUps: (() => void)[] = []
  const timers: Timers = {
    after: (_delay, wakeUp) => {
      wakeUps.push(wakeUp)
      return () => undefined
    },
  }
  const left = [...totals]
  const program = {
    settings: { otlpEndpoint: null, otlpIntervalSeconds: 60 },
    sessions: { recountReports: async () => ({ differing, compared: 40 }) },
    storage: {
      statistics: {
        totals: async () => ({ active: left.length > 1 ? left.shift() : left[0] }),
        recountActive: async () => rows,
      },
    },
  }
  const showDifference = vi.fn()
  const metrics = { showDifference } as unknown as Parameters<typeof startMonitoring>[1]
  const logger = createLogger('silent')
  const monitoring = startMonitoring(program as unknown as Monitored, metrics, { logger, timers })
  wakeUps[0]?.()
  await monitoring.close()
  return showDifference.mock.calls
}

it('a recount shows by how much the counter and the numbers over time differ', async () => {
  expect(await shownBy([7], 7, 0)).toEqual([
    ['active-sessions', 0],
    ['rollups', 0],
  ])
  expect(await shownBy([7], 5, 3)).toEqual([
    ['active-sessions', -2],
    ['rollups', 3],
  ])
})

it('where the counter fits what was counted, it is right, whoever came meanwhile', async () => {
  expect(await shownBy([4, 5], 4, 0)).toEqual([
    ['active-sessions', 0],
    ['rollups', 0],
  ])
})

it('where sessions come and go all the while, it says nothing of the counter', async () => {
  expect(await shownBy([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0, 0)).toEqual([['rollups', 0]])
})
