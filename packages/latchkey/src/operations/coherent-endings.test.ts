import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../cache/announced-storage.fake.ts'
import { confirmWithin } from '../cache/confirmations.ts'
import { longPause, pass, step } from '../cache/fake-process.fake.ts'
import { leaseDuration } from '../cache/lease.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import { type Duration, milliseconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import { beginRun, type Node, type Run, verify } from './coherence-run.fake.ts'
import type { CreatedSession, NewSession } from './create-session.ts'
import type { Sessions } from './sessions.ts'

/**
 * Operations on two sessions of one user, on three nodes with caches. Everything that is on its way is held up, in
 * any order that the scheduler can think of: calls to the storage and to the registry, announcements, confirmations,
 * renewals. Connections are lost or hang, nodes are paused, writes fail after they were made. What is judged is
 * what callers see.
 */

/** More of them find rarer orders: some thousands after a change of the protocol. */
const runs = Number(process.env['LATCHKEY_TEST_COHERENCE_RUNS'] ?? 500)
/** In milliseconds. The runs take some seconds; a busy machine is given more. */
const timeLimit = Math.max(60_000, runs * 200)

type Act = (run: Run, node: Node) => unknown

/** What each node's cache says now: these begin now, and are answered now. */
function look(run: Run): void {
  run.step += 1
  for (const { process, sessions } of run.nodes) {
    for (const index of process.isPaused ? [] : run.over.keys()) {
      const answer = sessions.verifyCached(run.tokens[index]?.token ?? '')
      run.verified.push({ index, began: run.step, accepted: answer?.active === true })
    }
  }
}

function passing(run: Run, by: Duration): void {
  const processes = run.nodes.map(({ process }) => process)
  for (let passed = 0; passed < by; passed += step) {
    pass(processes, step)
    look(run)
  }
}

/** What came to nothing, or failed, is no acknowledgement. */
async function acknowledge(run: Run, indexes: readonly number[], ending: Promise<unknown>): Promise<void> {
  const answer = await ending.catch(() => null)
  if (answer === null) return
  run.step += 1
  for (const index of indexes) if (!run.over.has(index)) run.over.set(index, run.step)
}

const idOf = (run: Run, index: number): string => run.tokens[index]?.session.id ?? ''
const both = [0, 1] as const

function deviceOf(run: Run, index: number): { readonly id: string; readonly token: string } {
  return run.tokens[index]?.device ?? { id: '', token: '' }
}

/** Of a device that is not there any more nothing is said. */
async function someEnded(ending: Promise<number>): Promise<number | null> {
  return (await ending) || null
}

/** What was there before on the device, where it is still known, gave way. */
async function signInOn(sessions: Sessions, device: { readonly token: string }): Promise<boolean | null> {
  const created = await signIn(sessions, { deviceTokens: [device.token] })
  return created?.device?.isNew === false ? true : null
}

function signInInstead(sessions: Sessions, replaces: string): Promise<CreatedSession | null> {
  return signIn(sessions, { replaces })
}

/** Null: their sessions were cut off at this moment, and nothing gave way. */
async function signIn(sessions: Sessions, request: Partial<NewSession>): Promise<CreatedSession | null> {
  try {
    return await sessions.createSession({ userId: '42', ...request })
  } catch (error) {
    if (error instanceof LatchkeyError && ['user-disabled', 'storage-busy'].includes(error.code)) return null
    throw error
  }
}

const sessionIndex = fc.constantFrom(...both)
const verifying = sessionIndex.map((index): [string, Act] => [
  `verify ${index}`,
  (run, node) => verify(run, node, index),
])
const ending = sessionIndex.map((index): [string, Act] => [
  `end ${index}`,
  (run, node) => acknowledge(run, [index], node.sessions.invalidateSession(idOf(run, index))),
])
const endingOtherwise = sessionIndex.chain((index) =>
  fc.constantFrom<[string, Act]>(
    ['end all', (run, { sessions }) => acknowledge(run, both, sessions.invalidateAllUserSessions('42'))],
    [
      `end all but ${1 - index}`,
      (run, { sessions }) =>
        acknowledge(run, [index], sessions.invalidateAllUserSessions('42', { except: idOf(run, 1 - index) })),
    ],
    [`renew ${index}`, (run, { sessions }) => sessions.renewSession(idOf(run, index), { amr: [] })],
    [
      `replace ${index}`,
      (run, { sessions }) => acknowledge(run, [index], signInInstead(sessions, idOf(run, index))),
    ],
    [
      `end the sessions of device ${index}`,
      (run, { sessions }) =>
        acknowledge(run, [index], someEnded(sessions.endDeviceSessions(deviceOf(run, index).id))),
    ],
    [
      `forget device ${index}`,
      (run, { sessions }) => acknowledge(run, [index], sessions.forgetDevice(deviceOf(run, index).id)),
    ],
    [
      `sign in on device ${index}`,
      (run, { sessions }) => acknowledge(run, [index], signInOn(sessions, deviceOf(run, index))),
    ],
    [
      'cut off',
      (run, { sessions }) => acknowledge(run, both, sessions.setCutOff({ kind: 'user', userId: '42' })),
    ],
    [
      'cut off everybody',
      (run, { sessions }) => acknowledge(run, both, sessions.setCutOff({ kind: 'everybody' })),
    ],
    ['disable', (run, { sessions }) => acknowledge(run, both, sessions.disableUser('42'))],
    [`rotate ${index}`, (run, { sessions }) => sessions.rotateSession(run.tokens[index]?.token ?? '')],
    ['forget', (run, { sessions }) => acknowledge(run, both, sessions.forgetUser('42'))],
    // Whoever finds less than both has ended less, and says nothing of the rest.
    [
      'cleanup',
      (run, { sessions }) =>
        acknowledge(
          run,
          both,
          sessions.cleanupExpiredSessions().then((ended) => (ended === 2 ? ended : null)),
        ),
    ],
  ),
)
const failing = fc
  .constantFrom<Failure>('before-commit', 'after-commit')
  .map((failure): [string, Act] => [
    `the next change fails ${failure}`,
    (_run, { announced }) => announced.failNext(failure),
  ])
const trouble = fc.constantFrom<[string, Act]>(
  ['lose the connection', (run, { process }) => run.bus.connections.get(process.name)?.lose()],
  ['the connection hangs', (run, { process }) => run.bus.connections.get(process.name)?.hang()],
  ['hear nothing', (run, { process }) => run.bus.connections.get(process.name)?.deafen()],
  ['pause', (_run, { process }) => process.pause()],
  ['resume', (_run, { process }) => process.resume()],
  ['the registry does not answer', (run, { process }) => run.bus.failing.add(process.name)],
  ['close', (_run, { sessions }) => sessions.close()],
)
const waiting = fc
  .constantFrom(50, 250, 500, 1_000, 2_000, longPause)
  .map((by): [string, Act] => [`${by} ms pass`, (run) => passing(run, milliseconds(by))])

const command = fc.record({
  act: fc.oneof(
    { weight: 6, arbitrary: verifying },
    { weight: 4, arbitrary: ending },
    { weight: 3, arbitrary: endingOtherwise },
    { weight: 5, arbitrary: waiting },
    { weight: 5, arbitrary: trouble },
    { weight: 1, arbitrary: failing },
  ),
  node: fc.nat(2),
  /** How much arrives before the next one. */
  arriving: fc.oneof(fc.constant<'all'>('all'), fc.nat(6)),
})
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never

/** What needs no help of the process. */
const isDoneToProcess = (name: string): boolean => /^(pause|resume|\d+ ms pass|the .*)$/.test(name)

/** What waits for a turn of the event loop has it. */
async function everything(scheduler: fc.Scheduler): Promise<void> {
  await scheduler.waitIdle()
  await nextTurn()
  await scheduler.waitIdle()
}

async function arrive(scheduler: fc.Scheduler, count: 'all' | number): Promise<void> {
  if (count === 'all') return everything(scheduler)
  for (let arrived = 0; arrived < count && scheduler.count() > 0; arrived += 1) await scheduler.waitNext(1)
}

/** Gives how many of what was asked for is not answered. */
async function play(run: Run, scheduler: fc.Scheduler, commands: readonly Command[]): Promise<() => number> {
  let unanswered = 0
  for (const { act, node: at, arriving } of commands) {
    const [name, begin] = act
    const node = run.nodes[at]
    if (!node) continue
    unanswered += 1
    const ready = isDoneToProcess(name) ? Promise.resolve() : node.process.awake()
    const asked = ready.then(() => begin(run, node))
    asked.then(
      () => (unanswered -= 1),
      () => (unanswered -= 1),
    )
    await arrive(scheduler, arriving)
    look(run)
  }
  return () => unanswered
}

/** Everything arrives and time passes, until all is answered. */
async function settle(run: Run, scheduler: fc.Scheduler, unanswered: () => number): Promise<void> {
  for (const { process } of run.nodes) process.resume()
  await everything(scheduler)
  for (let passed = 0; unanswered() > 0 && passed < 4 * (confirmWithin + leaseDuration); passed += step) {
    passing(run, step)
    await everything(scheduler)
    look(run)
  }
}

describe('whatever comes between whatever, on several nodes', () => {
  it(
    'no verify that began after an acknowledged ending accepts the token, and none waits for ever',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.array(command, { minLength: 4, maxLength: 20 }),
          async (scheduler, given) => {
            const run = await beginRun(scheduler)
            const unanswered = await play(run, scheduler, given)
            await settle(run, scheduler, unanswered)
            expect(unanswered()).toBe(0)
            const last = run.nodes.flatMap((node) => both.map((index) => verify(run, node, index)))
            await scheduler.waitFor(Promise.all(last))
            for (const { index, began, accepted } of run.verified) {
              if (accepted) expect(began).toBeLessThan(run.over.get(index) ?? Number.POSITIVE_INFINITY)
            }
          },
        ),
        { numRuns: runs },
      )
    },
    timeLimit,
  )
})
