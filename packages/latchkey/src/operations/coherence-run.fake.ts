import type fc from 'fast-check'
import { AnnouncedStorage } from '../cache/announced-storage.fake.ts'
import { FakeProcess } from '../cache/fake-process.fake.ts'
import { FakeBus } from '../cache/invalidation-bus.fake.ts'
import { after, days } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

/** A process with its view of the storage. */
export interface Node {
  readonly process: FakeProcess
  readonly announced: AnnouncedStorage
  readonly sessions: Sessions
}

/** What was said of a token to somebody who asked. */
export interface Verified {
  readonly index: number
  readonly began: number
  readonly accepted: boolean
}

/** Two sessions of user `42`, each on a device of its own, in the caches of three nodes. */
export interface Run {
  readonly bus: FakeBus
  readonly nodes: readonly Node[]
  readonly tokens: readonly CreatedSession[]
  readonly verified: Verified[]
  /** By index of the session: when its token stopped being good, as acknowledged to somebody. */
  readonly over: Map<number, number>
  /** Grows with everything that begins or is answered. */
  step: number
}

/** The clocks run five in a hundred apart, and that of the last node is in the next year besides. */
const rates = [1, 0.975, 1.02] as const

/** From when it resolves everything is held up by the scheduler. */
export async function beginRun(scheduler: fc.Scheduler): Promise<Run> {
  let isHeldUp = false
  const delay = async (what: string): Promise<void> => {
    if (isHeldUp) await scheduler.schedule(Promise.resolve(), what)
  }
  const processes = rates.map((rate, index) => new FakeProcess('ABC'[index] ?? '', rate))
  const [first, , last] = processes
  const bus = new FakeBus(delay, () => first?.clock.monotonic() ?? 0)
  const database = memoryStorage()
  await database.open()
  const nodes = await Promise.all(processes.map((process) => startNode(bus, process, database)))
  const tokens: CreatedSession[] = []
  for (const _each of [0, 1]) {
    const created = await nodes[0]?.sessions.createSession({ userId: '42', deviceTokens: [] })
    if (created) tokens.push(created)
  }
  last?.clock.set(after(last.clock.now(), days(365)))
  const run: Run = { bus, nodes, tokens, verified: [], over: new Map(), step: 0 }
  for (const node of nodes) for (const index of [0, 1]) await verify(run, node, index)
  isHeldUp = true
  return run
}

async function startNode(
  bus: FakeBus,
  process: FakeProcess,
  database: ReturnType<typeof memoryStorage>,
): Promise<Node> {
  const announced = new AnnouncedStorage(bus, process, database)
  const sessions = await createSessions({
    storage: announced.storage,
    clock: process.clock,
    timers: process.timers,
    secret: new Uint8Array(32).fill(7),
    cleanup: 'by-command',
    onBackgroundError: () => undefined,
  })
  return { process, announced, sessions }
}

/** Asks a node, and writes down what it says. */
export async function verify(run: Run, node: Node, index: number): Promise<void> {
  run.step += 1
  const began = run.step
  const verification = await node.sessions.verifySession(run.tokens[index]?.token ?? '')
  run.verified.push({ index, began, accepted: verification.active })
}
