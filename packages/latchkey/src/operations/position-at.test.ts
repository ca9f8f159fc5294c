import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import { plainEvent, type SessionEvent } from '../model/session-event.ts'
import { positionAt } from './position-at.ts'

/** A log with gaps between positions, as transactions that came to nothing leave them. */
function logOf(events: readonly (readonly [position: number, at: number])[]) {
  const all = events.map(([position, at]): SessionEvent => {
    return {
      ...plainEvent({ type: 'session.created', at: instantOf(at), actor: 'system' }),
      position,
      digest: null,
    }
  })
  let reads = 0
  return {
    reads: () => reads,
    latest: async () => all.at(-1)?.position ?? 0,
    read: async (after: number, limit: number) => {
      reads += 1
      return all.filter(({ position }) => position > after).slice(0, limit)
    },
  }
}

it('of an empty log it is the beginning', async () => {
  expect(await positionAt(logOf([]), instantOf(5))).toBe(0)
})

it('is before the first event of that instant or later, and behind all earlier ones', async () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(3)), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(100), async (all, wanted) => {
      let [position, at] = [0, 0]
      const events = all.map(([gap, later]) => {
        position += gap
        at += later
        return [position, at] as const
      })
      const log = logOf(events)
      const found = await positionAt(log, instantOf(wanted))
      const behind = (await log.read(found, 1_000)).map((event) => event.at)
      expect(behind).toEqual(events.map(([, instant]) => instant).filter((instant) => instant >= wanted))
    }),
  )
})

it('reads few events of a long log', async () => {
  const log = logOf(Array.from({ length: 20_000 }, (_, index) => [index + 1, index] as const))
  expect(await positionAt(log, instantOf(12_345))).toBe(12_345)
  expect(log.reads()).toBeLessThan(20)
})
