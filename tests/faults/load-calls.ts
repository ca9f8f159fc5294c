import { setTimeout as wait } from 'node:timers/promises'
import { hasFailed, type Operation } from './coherence-history.ts'
import { type KnownSession, KnownSessions } from './known-sessions.ts'
import type { NodeCommand } from './node-commands.ts'
import type { NodeProcess } from './node-process.ts'
import type { Recorder } from './recorded-node.ts'
import type { SeededRandom } from './seeded-random.ts'

/** What the callers of one round work with. */
export interface Load {
  readonly nodes: readonly NodeProcess[]
  readonly recorder: Recorder
  readonly sessions: KnownSessions
  readonly users: readonly string[]
  /** Users who may have a few sessions only. */
  readonly limitedUsers: readonly string[]
  /** Users who are disabled at times, one caller after the other. */
  readonly switchedUsers: Set<string>
  freshUsers: number
  isOver: boolean
}

/** A caller turns to something else when it has waited so long, in milliseconds. The call goes on. */
const callersPatience = 800
/** What a caller waits after a failed call, in milliseconds. */
const afterFailure = 20
/** Questions that wait for one node: more would only stand in line. */
const crowd = 6
const mostWaiting = 64

export function newLoad(nodes: readonly NodeProcess[], recorder: Recorder, name: string): Load {
  const named = (kind: string, length: number): string[] =>
    Array.from({ length }, (_, index) => `${name}-${kind}-${index}`)
  return {
    nodes,
    recorder,
    sessions: new KnownSessions(),
    users: named('user', 30),
    limitedUsers: named('limited', 4),
    switchedUsers: new Set(named('switched', 4)),
    freshUsers: 0,
    isOver: false,
  }
}

/** The hunt: sessions that every cache knows, or that are on their way into one in this moment, or neither. */
export async function spread(
  load: Load,
  random: SeededRandom,
  sessions: readonly KnownSession[],
): Promise<void> {
  const drawn = random.next()
  if (drawn > 0.85) return
  const asking = sessions.flatMap((session) => everywhere(load, session))
  if (drawn < 0.5) await Promise.all(asking)
}

/** Asks on every node while the ending is under way, in the moment of its acknowledgement, and a little later. */
export async function followEnding(
  load: Load,
  random: SeededRandom,
  sessions: readonly KnownSession[],
  call: Promise<Operation>,
): Promise<void> {
  const followed = call.then(async (ending) => {
    load.sessions.settle(sessions, isAcknowledged(ending))
    for (const session of sessions) everywhere(load, session)
    await wait(random.between(20, 400))
    for (const session of sessions) everywhere(load, session)
  })
  if (random.isBelow(0.5)) for (const session of sessions) everywhere(load, session)
  await patiently(followed)
}

function isAcknowledged(ending: Operation): boolean {
  if (ending.kind === 'create' || ending.kind === 'sign-in') return ending.token !== null
  return ending.kind !== 'verify' && ending.kind !== 'list' && !hasFailed(ending)
}

export function everywhere(load: Load, { token }: KnownSession): Promise<unknown>[] {
  return askable(load).map((node) => asked(load, node, { kind: 'verify', token }))
}

export function askable(load: Load): NodeProcess[] {
  return load.nodes.filter(({ isReady, waiting }) => isReady && waiting < mostWaiting)
}

/** Any node, though rarely one before which others stand in line already. */
export function someNode(load: Load, random: SeededRandom): NodeProcess {
  const ready = load.nodes.filter(({ isReady }) => isReady)
  const free = ready.filter(({ waiting }) => waiting < crowd)
  return random.of(free.length > 0 ? free : ready.length > 0 ? ready : load.nodes)
}

/** The call, at most for as long as a caller waits. */
export async function asked(load: Load, node: NodeProcess, command: NodeCommand): Promise<void> {
  await patiently(ask(load, node, command).then((operation) => load.sessions.learn(operation)))
}

export async function ask(load: Load, node: NodeProcess, command: NodeCommand): Promise<Operation> {
  const operation = await load.recorder.ask(node, command)
  // Where nothing works callers would turn in the same moment for ever.
  if (hasFailed(operation)) await wait(afterFailure)
  return operation
}

export async function patiently(work: Promise<unknown>): Promise<void> {
  const patience = new AbortController()
  await Promise.race([work, wait(callersPatience, undefined, { signal: patience.signal }).catch(() => {})])
  patience.abort()
}
