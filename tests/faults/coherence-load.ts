import { setTimeout as wait } from 'node:timers/promises'
import { hasFailed, type Operation } from './coherence-history.ts'
import { type KnownSession, KnownSessions } from './known-sessions.ts'
import type { NodeCommand } from './node-commands.ts'
import type { NodeProcess } from './node-process.ts'
import type { Recorder } from './recorded-node.ts'
import { type SeededRandom, seededRandom, seedOfPart } from './seeded-random.ts'

/** What the callers of one round work with. */
export interface Load {
  readonly nodes: readonly NodeProcess[]
  readonly recorder: Recorder
  readonly sessions: KnownSessions
  readonly users: readonly string[]
  freshUsers: number
  isOver: boolean
}

const callers = 32
const fewestLive = 60
/** A caller turns to something else when it has waited so long, in milliseconds. The call goes on. */
const callersPatience = 800
/** What a caller waits after a failed call, in milliseconds. */
const afterFailure = 20
/** Questions that wait for one node: more would only stand in line. */
const crowd = 6
const mostWaiting = 64

export function newLoad(nodes: readonly NodeProcess[], recorder: Recorder, name: string): Load {
  const users = Array.from({ length: 30 }, (_, index) => `${name}-user-${index}`)
  return { nodes, recorder, sessions: new KnownSessions(), users, freshUsers: 0, isOver: false }
}

/** Callers that go on until the load is over. */
export async function runLoad(load: Load, seed: number): Promise<void> {
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      const random = seededRandom(seedOfPart(seed, caller))
      while (!load.isOver) await next(load, random)
    }),
  )
}

/** What a caller does next, and how often of a thousand times. */
const share: readonly (readonly [number, (load: Load, random: SeededRandom) => Promise<unknown>])[] = [
  [40, create],
  [25, endOne],
  [6, endUser],
  [12, endFresh],
  [20, renew],
  [8, list],
  [4, replace],
  [5, forge],
]

function next(load: Load, random: SeededRandom): Promise<unknown> {
  if (load.sessions.live.length < fewestLive) return create(load, random)
  let drawn = random.below(1_000)
  for (const [often, act] of share) {
    if (drawn < often) return act(load, random)
    drawn -= often
  }
  return verifySome(load, random)
}

function create(load: Load, random: SeededRandom): Promise<unknown> {
  return asked(load, someNode(load, random), {
    kind: 'create',
    userId: random.of(load.users),
    replaces: null,
  })
}

async function replace(load: Load, random: SeededRandom): Promise<void> {
  const session = load.sessions.takeOne(random)
  if (session === null) return
  const { id: replaces, userId } = session
  const call = ask(load, someNode(load, random), { kind: 'create', userId, replaces })
  const learned = call.then((creation) => {
    load.sessions.learn(creation)
    return creation
  })
  await followEnding(load, random, [session], learned)
}

async function endOne(load: Load, random: SeededRandom): Promise<void> {
  const session = load.sessions.takeOne(random)
  if (session === null) return
  await spread(load, random, [session])
  const endIt = async (delay: number): Promise<void> => {
    await wait(delay)
    const call = ask(load, someNode(load, random), { kind: 'end', id: session.id })
    await followEnding(load, random, [session], call)
  }
  // Somebody may lose patience while the first one still waits for confirmations.
  await Promise.all([endIt(0), random.isBelow(0.3) ? endIt(random.between(0, 600)) : null])
}

async function endUser(load: Load, random: SeededRandom): Promise<void> {
  const userId = random.of(load.users)
  const sessions = load.sessions.takeUser(userId)
  await spread(load, random, sessions)
  const call = ask(load, someNode(load, random), { kind: 'end-user', userId })
  await followEnding(load, random, sessions, call)
}

/** Sessions that no cache knows yet: they are on their way into all of them when they end. */
async function endFresh(load: Load, random: SeededRandom): Promise<void> {
  load.freshUsers += 1
  const userId = `${load.users[0]}-fresh-${load.freshUsers}`
  const create: NodeCommand = { kind: 'create', userId, replaces: null }
  await Promise.all([1, 2].map(() => asked(load, someNode(load, random), create)))
  const sessions = load.sessions.takeUser(userId)
  for (const session of sessions) everywhere(load, session)
  const call = ask(load, someNode(load, random), { kind: 'end-user', userId })
  await followEnding(load, random, sessions, call)
}

/** The hunt: sessions that every cache knows, or that are on their way into one in this moment, or neither. */
async function spread(load: Load, random: SeededRandom, sessions: readonly KnownSession[]): Promise<void> {
  const drawn = random.next()
  if (drawn > 0.85) return
  const asking = sessions.flatMap((session) => everywhere(load, session))
  if (drawn < 0.5) await Promise.all(asking)
}

/** Asks on every node while the ending is under way, in the moment of its acknowledgement, and a little later. */
async function followEnding(
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
  if (ending.kind === 'create') return ending.token !== null
  if (ending.kind === 'end-user') return ending.ended !== null
  return ending.kind === 'end' && ending.outcome !== null
}

async function renew(load: Load, random: SeededRandom): Promise<void> {
  const session = random.of(load.sessions.live)
  const { token } = session
  if (random.isBelow(0.5)) await Promise.all(everywhere(load, session))
  const renewed = ask(load, someNode(load, random), { kind: 'renew', id: session.id }).then((renewal) => {
    load.sessions.learn(renewal)
    for (const node of askable(load)) void ask(load, node, { kind: 'verify', token })
    everywhere(load, session)
  })
  await patiently(renewed)
}

function list(load: Load, random: SeededRandom): Promise<unknown> {
  return asked(load, someNode(load, random), { kind: 'list', userId: random.of(load.users) })
}

/** A token that nobody was given: of no session at all, or of a real one with another's secret. */
function forge(load: Load, random: SeededRandom): Promise<unknown> {
  const { id, token } = random.of(load.sessions.live)
  const secret = token.slice(token.indexOf('.') + 1)
  const forged = random.isBelow(0.5)
    ? `${id.slice(0, -1)}${id.endsWith('a') ? 'b' : 'a'}.${secret}`
    : `${id}.${[...secret].reverse().join('')}`
  return asked(load, someNode(load, random), { kind: 'verify', token: forged })
}

function verifySome(load: Load, random: SeededRandom): Promise<unknown> {
  const token = load.sessions.someToken(random)
  return token === null
    ? create(load, random)
    : asked(load, someNode(load, random), { kind: 'verify', token })
}

function everywhere(load: Load, { token }: KnownSession): Promise<unknown>[] {
  return askable(load).map((node) => asked(load, node, { kind: 'verify', token }))
}

function askable(load: Load): NodeProcess[] {
  return load.nodes.filter(({ isReady, waiting }) => isReady && waiting < mostWaiting)
}

/** Any node, though rarely one before which others stand in line already. */
function someNode(load: Load, random: SeededRandom): NodeProcess {
  const ready = load.nodes.filter(({ isReady }) => isReady)
  const free = ready.filter(({ waiting }) => waiting < crowd)
  return random.of(free.length > 0 ? free : ready.length > 0 ? ready : load.nodes)
}

/** The call, at most for as long as a caller waits. */
async function asked(load: Load, node: NodeProcess, command: NodeCommand): Promise<void> {
  await patiently(ask(load, node, command).then((operation) => load.sessions.learn(operation)))
}

async function ask(load: Load, node: NodeProcess, command: NodeCommand): Promise<Operation> {
  const operation = await load.recorder.ask(node, command)
  // Where nothing works callers would turn in the same moment for ever.
  if (hasFailed(operation)) await wait(afterFailure)
  return operation
}

async function patiently(work: Promise<unknown>): Promise<void> {
  const patience = new AbortController()
  await Promise.race([work, wait(callersPatience, undefined, { signal: patience.signal }).catch(() => {})])
  patience.abort()
}
