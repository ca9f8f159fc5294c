import { beforeEach, describe, expect, it } from 'vitest'
import { hours, milliseconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { cleanupBatch, inBatches, withoutRest } from './cleanup-batches.ts'
import {
  type GentlePace,
  gentlePace,
  idleShare,
  longestRest,
  patience,
  restFactor,
  restFactorWhileIdle,
  smallestBatch,
  stepLength,
} from './cleanup-pace.ts'

let clock: FakeClock
let timers: FakeTimers
let pace: GentlePace
/** Of the time in which the process has other work. */
let share: number

beforeEach(() => {
  clock = fakeClock()
  timers = fakeTimers()
  share = 0.5
  pace = gentlePace(clock, timers, { share: () => share, restart: () => {} })
})

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn()
}

/** The limits of so many steps that take that long each. */
async function limits(count: number, length: number, kind: 'end' | 'events' = 'end'): Promise<number[]> {
  const seen: number[] = []
  for (let step = 0; step < count; step += 1) {
    const taken = pace.take(kind, async (limit) => {
      seen.push(limit)
      clock.advance(milliseconds(length))
    })
    await settle()
    timers.advance(longestRest)
    await taken
  }
  return seen
}

/** How long it rests after a step of that length; to the millisecond. */
async function restAfter(length: number): Promise<number> {
  let isOver = false
  const taken = pace.take('end', async () => clock.advance(milliseconds(length)))
  void taken.then(() => {
    isOver = true
  })
  await settle()
  let rested = 0
  for (; !isOver; rested += 1) {
    timers.advance(milliseconds(1))
    await nextTurn()
  }
  await taken
  return rested
}

describe('in the background', () => {
  it('takes more rows while steps are short, and fewer when one was long, each kind for itself', async () => {
    expect(await limits(8, 0)).toEqual([10, 20, 40, 80, 160, 320, 500, 500])
    expect(await limits(3, stepLength + 1)).toEqual([500, 250, 125])
    expect(await limits(2, stepLength)).toEqual([62, 62])
    expect(await limits(2, 0, 'events')).toEqual([smallestBatch, 2 * smallestBatch])
    expect((await limits(5, 100)).at(-1)).toBe(smallestBatch)
  })

  it('rests many times as long as a step took, and never longer than its longest', async () => {
    expect(await restAfter(2)).toBe(2 * restFactor)
    expect(await restAfter(1_000)).toBe(longestRest)
    expect(await restAfter(0)).toBe(0)
  })

  it('rests less while the process had no other work since the step before', async () => {
    share = idleShare
    expect(await restAfter(3)).toBe(3 * restFactorWhileIdle)
    share = idleShare + 0.01
    expect(await restAfter(3)).toBe(3 * restFactor)
  })

  it('rests less and less once something has been left for hours, and as before when nothing is', async () => {
    const whole = 2 * restFactor
    const rest = () => restAfter(2)
    pace.onRun(true)
    expect(await rest()).toBe(whole)
    clock.advance(patience)
    pace.onRun(true)
    expect(await rest()).toBe(whole / 4)
    clock.advance(hours(24))
    expect(await rest()).toBe(Math.ceil(whole / 64))
    pace.onRun(false)
    expect(await rest()).toBe(whole)
  })

  it('rests no more once it has to be over', async () => {
    const taken = pace.take('end', async () => clock.advance(milliseconds(900)))
    await settle()
    expect(timers.pending).toBe(1)
    pace.hurry()
    await taken
    expect(timers.pending).toBe(0)
    await pace.take('end', async () => clock.advance(milliseconds(900)))
  })
})

it('by command it goes on until nothing is left, a whole batch at a time', async () => {
  let left = 20 * cleanupBatch + 7
  const outcome = await inBatches(withoutRest, 'end', async (limit) => {
    expect(limit).toBe(cleanupBatch)
    const done = Math.min(limit, left)
    left -= done
    return done
  })
  expect(outcome).toEqual({ sessions: 20 * cleanupBatch + 7, moreIsLeft: false })
})
