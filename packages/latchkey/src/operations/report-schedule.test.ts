import { afterEach, beforeEach, expect, it } from 'vitest'
import { newDevice } from '../detectors/new-device.ts'
import { minutes, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { askAgainAfter, claimLength } from './report-schedule.ts'
import { createSessions, type Sessions } from './sessions.ts'

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn()
}

let clock: ReturnType<typeof fakeClock>
let timers: ReturnType<typeof fakeTimers>
let sessions: Sessions
let steps: number
let claims: number
let wakes: (() => void)[]
let fails: boolean
let detectionFails: boolean
let heldByAnother: boolean
let reported: unknown[]

beforeEach(async () => {
  clock = fakeClock()
  timers = fakeTimers()
  ;[steps, claims, wakes, heldByAnother, reported] = [0, 0, [], false, []]
  ;[fails, detectionFails] = [false, false]
  const database = memoryStorage()
  const liveFeed = {
    subscribe(wake: () => void) {
      wakes.push(wake)
      return database.liveFeed.subscribe(wake)
    },
  }
  const storage = interceptedStorage({ ...database, liveFeed }, async (operation, call) => {
    if (operation === 'workClaims.claim' && heldByAnother) return false as never
    if (operation === 'rollups.apply') steps += 1
    if (operation === 'workClaims.claim') claims += 1
    if (operation === 'alerts.apply' && detectionFails) throw new Error('away')
    if (operation === 'rollups.position' && fails) throw new Error('away')
    return call()
  })
  const onBackgroundError = (error: unknown) => reported.push(error)
  sessions = await createSessions({
    ...{ storage, clock, timers, cleanup: 'by-command', reports: 'automatic', onBackgroundError },
    detectors: [newDevice],
  })
  await pass(seconds(5))
  steps = 0
})

afterEach(() => sessions.close())

async function pass(time: ReturnType<typeof seconds>): Promise<void> {
  clock.advance(time)
  timers.advance(time)
  await settled()
}

it('counts soon after something happened, and rests while nothing does', async () => {
  await pass(minutes(10))
  expect(steps).toBe(0)
  for (let count = 0; count < 10; count += 1) await sessions.createSession({ userId: '42' })
  await pass(seconds(3))
  expect(steps).toBe(1)
  expect(await sessions.getReportState()).toMatchObject({ behind: 0 })
})

it('claims nothing and writes nothing when it was woken for nothing', async () => {
  await sessions.createSession({ userId: '42' })
  await pass(seconds(3))
  const before = claims
  for (const wake of wakes) wake()
  await pass(seconds(30))
  expect([claims, steps]).toEqual([before, 1])
})

it('leaves it to the process that is at it, and asks again when that may have died', async () => {
  heldByAnother = true
  clock.advance(seconds(20))
  await sessions.createSession({ userId: '42' })
  await pass(seconds(3))
  expect(steps).toBe(0)
  heldByAnother = false
  await pass(askAgainAfter)
  expect(steps).toBe(1)
  expect(claimLength + askAgainAfter).toBeLessThan(seconds(15))
})

it('reports a failure and tries again', async () => {
  fails = true
  await sessions.createSession({ userId: '42' })
  await pass(seconds(3))
  expect(reported).toHaveLength(1)
  fails = false
  await pass(seconds(16))
  expect(await sessions.getReportState()).toMatchObject({ behind: 0 })
})

it('has detectors that failed look again, though nothing more happens', async () => {
  detectionFails = true
  await sessions.createSession({ userId: '42' })
  await pass(seconds(3))
  expect(reported).toHaveLength(1)
  detectionFails = false
  await pass(seconds(16))
  const { newest, detectorsPosition } = await sessions.getReportState()
  expect(detectorsPosition).toBe(newest)
})
