import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { milliseconds, minutes, seconds } from './time.ts'
import { nextTurn, spread, systemTimers } from './timers.ts'

describe('spread', () => {
  it('stays within a fifth of the delay, either way', () => {
    const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(chances, (chance) => {
        const delay = spread(minutes(1), chance)
        expect(delay).toBeGreaterThanOrEqual(seconds(48))
        expect(delay).toBeLessThanOrEqual(seconds(72))
      }),
    )
  })
})

describe('the timers of the machine', () => {
  it('go off once', async () => {
    await new Promise<void>((resolve) => {
      systemTimers.after(milliseconds(0), resolve)
    })
  })

  it('do not go off when they were cancelled before', async () => {
    const cancel = systemTimers.after(milliseconds(0), () => expect.unreachable())
    cancel()
    await new Promise<void>((resolve) => {
      systemTimers.after(milliseconds(0), resolve)
    })
    await nextTurn()
  })
})
