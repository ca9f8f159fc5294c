import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flushInterval } from '../cache/activity-writer.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import { after, type Instant, instantOf, minutes, seconds } from '../foundation/time.ts'
import { activityResolution } from '../rules/session-policy.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

/**
 * Operations on two sessions of one user, with every call to the storage held up before and after it was made,
 * in any order that the scheduler can think of. What is judged is what callers see: when each of their calls
 * began and when it was answered.
 */

const away = new LatchkeyError('storage-unavailable', 'the storage is away')
const idleTimeout = minutes(2)
/** In milliseconds. The runs take about a second; a busy machine is given more. */
const timeLimit = 60_000

interface Verified {
  readonly index: number
  readonly isBackground: boolean
  readonly began: number
  readonly beganAt: Instant
  readonly answered: number
  readonly answeredAt: Instant
  readonly accepted: boolean
}

interface Run {
  readonly sessions: Sessions
  readonly clock: FakeClock
  readonly timers: FakeTimers
  readonly tokens: CreatedSession[]
  readonly verified: Verified[]
  /** By index of the session: when its token stopped being good, as acknowledged to somebody. */
  readonly over: Map<number, number>
  touchFails: boolean
  /** Grows with everything that begins or is answered. */
  step: number
}

async function begin(scheduler: fc.Scheduler, cacheSize: number): Promise<Run> {
  const clock = fakeClock()
  const timers = fakeTimers()
  let isHeldUp = false
  const storage = interceptedStorage(memoryStorage(), async (operation, call) => {
    if (!isHeldUp) return call()
    await scheduler.schedule(Promise.resolve(), `to ${operation}`)
    if (operation === 'sessions.touch' && run.touchFails) throw away
    const result = await call()
    await scheduler.schedule(Promise.resolve(), `from ${operation}`)
    return result
  })
  const onBackgroundError = (): void => undefined
  const options = { storage, clock, timers, cacheSize, idleTimeout, onBackgroundError }
  const sessions = await createSessions({ ...options, cleanup: 'by-command' })
  const tokens = [
    await sessions.createSession({ userId: '42' }),
    await sessions.createSession({ userId: '42' }),
  ]
  const run: Run = {
    sessions,
    clock,
    timers,
    tokens,
    verified: [],
    over: new Map(),
    touchFails: false,
    step: 0,
  }
  isHeldUp = true
  return run
}

type Command = (run: Run) => unknown

async function verify(run: Run, index: number, activity: 'user' | 'background'): Promise<void> {
  run.step += 1
  const [began, beganAt] = [run.step, run.clock.now()]
  const { active } = await run.sessions.verifySession(run.tokens[index]?.token ?? '', { activity })
  run.step += 1
  run.verified.push({
    index,
    isBackground: activity === 'background',
    began,
    beganAt,
    answered: run.step,
    answeredAt: run.clock.now(),
    accepted: active,
  })
}

/** Some endings say by a null that they are none. */
async function acknowledge(run: Run, indexes: readonly number[], ending: Promise<unknown>): Promise<void> {
  if ((await ending) === null) return
  run.step += 1
  for (const index of indexes) if (!run.over.has(index)) run.over.set(index, run.step)
}

const idOf = (run: Run, index: number): string => run.tokens[index]?.session.id ?? ''

const sessionIndex = fc.constantFrom(0, 1)
const verifying = sessionIndex.map((index): [string, Command] => [
  `verify ${index}`,
  (run) => verify(run, index, 'user'),
])
const verifyingInBackground = sessionIndex.map((index): [string, Command] => [
  `verify ${index} in the background`,
  (run) => verify(run, index, 'background'),
])
const ending = sessionIndex.map((index): [string, Command] => [
  `end ${index}`,
  (run) => acknowledge(run, [index], run.sessions.invalidateSession(idOf(run, index))),
])
const endingAll = fc.constantFrom<[string, Command]>(
  ['end all', (run) => acknowledge(run, [0, 1], run.sessions.invalidateAllUserSessions('42'))],
  [
    'end all but 0',
    (run) => acknowledge(run, [1], run.sessions.invalidateAllUserSessions('42', { except: idOf(run, 0) })),
  ],
)
/** The old token is good for a while, and so it ends nothing. */
const renewing = sessionIndex.map((index): [string, Command] => [
  `renew ${index}`,
  (run) => run.sessions.renewSession(idOf(run, index), { amr: [] }),
])
const rotating = sessionIndex.map((index): [string, Command] => [
  `rotate ${index}`,
  (run) => run.sessions.rotateSession(run.tokens[index]?.token ?? ''),
])
const cuttingOff = fc.constantFrom<[string, Command]>(
  ['cut off', (run) => acknowledge(run, [0, 1], run.sessions.setCutOff({ kind: 'user', userId: '42' }))],
  ['cut off everybody', (run) => acknowledge(run, [0, 1], run.sessions.setCutOff({ kind: 'everybody' }))],
  ['disable', (run) => acknowledge(run, [0, 1], run.sessions.disableUser('42'))],
)
/** Of a user who is disabled nothing gives way; one who was cut off at this moment signs in all the same. */
async function signInInstead(run: Run, index: number): Promise<unknown> {
  try {
    return await run.sessions.createSession({ userId: '42', replaces: idOf(run, index) })
  } catch (error) {
    if (error instanceof LatchkeyError && error.code === 'user-disabled') return null
    throw error
  }
}

const replacing = sessionIndex.map((index): [string, Command] => [
  `replace ${index}`,
  (run) => acknowledge(run, [index], signInInstead(run, index)),
])
const passing = fc
  .integer({ min: 1, max: 200 })
  .map((count): [string, Command] => [`${count} seconds pass`, (run) => run.clock.advance(seconds(count))])
const flushing = fc.constant<[string, Command]>(['a flush', (run) => run.timers.advance(flushInterval)])
const failing = fc.boolean().map((fails): [string, Command] => [
  fails ? 'touch fails' : 'touch works',
  (run) => {
    run.touchFails = fails
  },
])
const cleaning = fc.constant<[string, Command]>([
  'cleanup',
  (run) => run.sessions.cleanupExpiredSessions().catch(() => undefined),
])

async function play(
  run: Run,
  scheduler: fc.Scheduler,
  commands: readonly [string, Command][],
): Promise<void> {
  const all = commands.map(async ([name, command]) => {
    await scheduler.schedule(Promise.resolve(), name)
    await command(run)
  })
  await scheduler.waitFor(Promise.all(all))
}

describe('whatever comes between whatever', () => {
  it(
    'no verify that began after an acknowledged ending accepts the token',
    async () => {
      const commands = fc.array(
        fc.oneof(
          { weight: 6, arbitrary: verifying },
          { weight: 2, arbitrary: ending },
          { weight: 1, arbitrary: fc.oneof(endingAll, renewing, rotating, replacing, cuttingOff) },
          { weight: 2, arbitrary: fc.oneof(passing, flushing) },
        ),
        { minLength: 4, maxLength: 20 },
      )
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          commands,
          fc.constantFrom(1, 10),
          async (scheduler, given, cacheSize) => {
            const run = await begin(scheduler, cacheSize)
            await play(run, scheduler, given)
            const last = [0, 1].map((index) => verify(run, index, 'user'))
            await scheduler.waitFor(Promise.all(last))
            for (const { index, began, accepted } of run.verified) {
              if (accepted) expect(began).toBeLessThan(run.over.get(index) ?? Number.POSITIVE_INFINITY)
            }
          },
        ),
        { numRuns: 1_500 },
      )
    },
    timeLimit,
  )

  it(
    'no idle timeout comes early, and none more than a minute late',
    async () => {
      const commands = fc.array(
        fc.oneof(
          { weight: 6, arbitrary: verifying },
          { weight: 1, arbitrary: verifyingInBackground },
          { weight: 5, arbitrary: passing },
          { weight: 2, arbitrary: fc.oneof(flushing, failing, cleaning) },
        ),
        { minLength: 4, maxLength: 24 },
      )
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          commands,
          fc.constantFrom(1, 10),
          async (scheduler, given, cacheSize) => {
            const run = await begin(scheduler, cacheSize)
            await play(run, scheduler, given)
            for (const each of run.verified) judgeIdleness(run, each)
          },
        ),
        { numRuns: 1_500 },
      )
    },
    timeLimit,
  )
})

function judgeIdleness(run: Run, { index, began, beganAt, answeredAt, accepted }: Verified): void {
  const createdAt = run.tokens[index]?.session.createdAt ?? beganAt
  const uses = run.verified.filter((other) => other.index === index && other.accepted && !other.isBackground)
  const known = uses.filter(({ answered }) => answered < began).map((other) => other.beganAt)
  const begun = uses.filter((other) => other.began < began).map((other) => other.beganAt)
  const lastKnown = instantOf(Math.max(createdAt, ...known))
  const lastBegun = instantOf(Math.max(createdAt, ...begun))
  if (answeredAt < after(lastKnown, idleTimeout)) expect(accepted).toBe(true)
  if (beganAt >= after(after(lastBegun, idleTimeout), activityResolution)) expect(accepted).toBe(false)
}
