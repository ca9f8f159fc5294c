import { afterEach, beforeEach, expect, it } from 'vitest'
import { days, type Instant, milliseconds, minutes, seconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { cleanupBatch } from './cleanup-batches.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

const secret = new Uint8Array(32).fill(7)

let clock: FakeClock
let timers: FakeTimers
let database: Storage
let calls: string[]
let sessions: Sessions

async function open(options: Partial<SessionsOptions>): Promise<void> {
  const storage = interceptedStorage(database, (operation, call) => {
    calls.push(operation)
    return call()
  })
  sessions = await createSessions({ storage, clock, timers, secret, cleanup: 'by-command', ...options })
}

beforeEach(() => {
  clock = fakeClock()
  timers = fakeTimers()
  database = memoryStorage()
  calls = []
})
afterEach(() => sessions.close())

async function signIn() {
  const facts = { ipAddress: '192.0.2.7', userAgent: 'a browser' }
  const { session, device } = await sessions.createSession({ userId: '42', deviceTokens: [], ...facts })
  return { id: session.id, device: device?.id ?? '' }
}

async function record({ id }: Pick<Awaited<ReturnType<typeof signIn>>, 'id'>) {
  const found = await database.sessions.find(id as never)
  return { ipAddress: found?.ipAddress, addressKey: found?.addressKey, userAgent: found?.userAgent }
}

const whole = { ipAddress: '192.0.2.7', addressKey: '192.0.2.7', userAgent: 'a browser' }
const withoutAddress = { ...whole, ipAddress: null, addressKey: null }

it('addresses and user agents are forgotten, each in its time, of live sessions, too', async () => {
  await open({ addressRetention: days(1), userAgentRetention: days(3) })
  const first = await signIn()
  clock.advance(milliseconds(days(1) + 1))
  const second = await signIn()
  await sessions.forgetEndedSessions()
  expect([await record(first), await record(second)]).toEqual([withoutAddress, whole])
  clock.advance(days(2))
  await sessions.forgetEndedSessions()
  expect(await record(first)).toEqual({ ...withoutAddress, userAgent: null })
  expect(await record(second)).toEqual(withoutAddress)
  expect(await sessions.getSessionCountByUser('42')).toBe(2)
})

it('they stay as long as their session where the policy does not say otherwise', async () => {
  await open({ retention: null })
  const first = await signIn()
  clock.advance(days(1_000))
  await sessions.forgetEndedSessions()
  expect(await record(first)).toEqual(whole)
  expect(calls).not.toContain('sessions.fade')
})

it('a run goes on where the last one stopped', async () => {
  const from: Instant[] = []
  const { fade } = database.sessions
  database.sessions.fade = (fact, since, ...given) => {
    from.push(since)
    return fade(fact, since, ...given)
  }
  await open({ addressRetention: days(1) })
  await signIn()
  const start = clock.now()
  clock.advance(milliseconds(days(1) + 1))
  await sessions.forgetEndedSessions()
  await sessions.forgetEndedSessions()
  expect(from).toEqual([0, start + 1])
})

it('a clock that ran ahead makes it miss nothing that comes afterwards', async () => {
  await open({ addressRetention: days(1) })
  clock.advance(days(365))
  await sessions.forgetEndedSessions()
  clock.advance(milliseconds(-days(365)))
  const later = await signIn()
  await sessions.forgetEndedSessions()
  clock.advance(days(2))
  await sessions.forgetEndedSessions()
  expect(await record(later)).toEqual(withoutAddress)
})

it('fingerprints go some time after the newest, and devices when nobody signs in on them any more', async () => {
  await open({ fingerprintRetention: days(10), deviceRetention: days(20), fingerprinting: 'on' })
  const { device, id } = await signIn()
  await sessions.recordFingerprint(device, { canvas: 'x' })
  clock.advance(days(11))
  await sessions.forgetEndedSessions()
  expect(await database.devices.find(device as never)).toMatchObject({
    fingerprints: [],
    fingerprintedAt: null,
  })
  clock.advance(days(10))
  await sessions.forgetEndedSessions()
  expect(await sessions.getDevice(device)).not.toBeNull()
  await sessions.invalidateSession(id)
  await sessions.forgetEndedSessions()
  expect(await sessions.getDevice(device)).toBeNull()
})

it('where nothing has an end, nothing of devices is looked for', async () => {
  await open({ fingerprintRetention: null, deviceRetention: null })
  await sessions.forgetEndedSessions()
  expect(calls.filter((call) => call.startsWith('devices.'))).toEqual([])
})

it('by itself it takes one bounded run after the other, sooner while something is left', async () => {
  // Steps that take no time grow from 10 rows to the most: ten of them.
  const most = 10 + 20 + 40 + 80 + 160 + 320 + 4 * cleanupBatch
  let left = most + 1
  database.sessions.fade = async (_fact, from, _before, limit) => {
    const taken = Math.min(left, limit)
    left -= taken
    return taken < limit ? null : from
  }
  await open({ addressRetention: days(1), cleanup: 'automatic' })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await nextTurn()
  }
  timers.advance(seconds(10))
  await settle()
  expect(left).toBe(1)
  timers.advance(seconds(2))
  await settle()
  expect(left).toBe(0)
  // Others do their work by themselves, too.
  const ofCleanup = () =>
    calls.filter((call) => !/^(?:workClaims|alerts|rollups|bulkEndings)\./.test(call)).length
  const soFar = ofCleanup()
  timers.advance(seconds(2))
  await settle()
  expect(ofCleanup()).toBe(soFar)
  timers.advance(minutes(2))
  await settle()
  expect(ofCleanup()).toBeGreaterThan(soFar)
})
