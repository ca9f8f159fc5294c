import { expect, it } from 'vitest'
import { eventLoopMeter } from './busy-meter.ts'
import { nextTurn } from './timers.ts'

const turns = async (count: number, work: () => void): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) {
    work()
    await nextTurn()
  }
}

it('is nearly one while there is always something to do, and starts anew when told', async () => {
  const meter = eventLoopMeter()
  await turns(2_000, () => JSON.stringify({ some: ['work'] }))
  expect(meter.share()).toBeGreaterThan(0.5)
  expect(meter.share()).toBeLessThanOrEqual(1)
  meter.restart()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(meter.share()).toBeLessThan(0.5)
})
