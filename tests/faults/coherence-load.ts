import { setTimeout as wait } from 'node:timers/promises'
import { cutOffEverybodyAtTimes, cutOffUser, switchUser } from './cut-off-load.ts'
import { endDevice, signIn } from './device-load.ts'
import {
  ask,
  askable,
  asked,
  everywhere,
  followEnding,
  type Load,
  patiently,
  someNode,
  spread,
} from './load-calls.ts'
import { limitOfSome, type NodeCommand } from './node-commands.ts'
import { rotate, steal } from './rotation-load.ts'
import { type SeededRandom, seededRandom, seedOfPart } from './seeded-random.ts'

const callers = 32
const fewestLive = 60

/** Callers that go on until the load is over. */
export async function runLoad(load: Load, seed: number): Promise<void> {
  await Promise.all([
    cutOffEverybodyAtTimes(load, seededRandom(seedOfPart(seed, callers))),
    ...Array.from({ length: callers }, async (_, caller) => {
      const random = seededRandom(seedOfPart(seed, caller))
      while (!load.isOver) await next(load, random)
    }),
  ])
}

/** What a caller does next, and how often of a thousand times. */
const share: readonly (readonly [number, (load: Load, random: SeededRandom) => Promise<unknown>])[] = [
  [40, create],
  [25, endOne],
  [6, endUser],
  [25, signIn],
  [5, endDevice],
  [12, endFresh],
  [15, renew],
  [30, rotate],
  [8, steal],
  [6, cutOffUser],
  [6, switchUser],
  [12, createLimited],
  [8, list],
  [4, count],
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
    limit: null,
  })
}

/** Several at once, so that there is one too many on several nodes; and afterwards all are asked about. */
async function createLimited(load: Load, random: SeededRandom): Promise<void> {
  const userId = random.of(load.limitedUsers)
  const command: NodeCommand = { kind: 'create', userId, replaces: null, limit: limitOfSome }
  await Promise.all([1, 2].map(() => asked(load, someNode(load, random), command)))
  const asking = load.sessions.ofUser(userId).flatMap((session) => everywhere(load, session))
  const kind = random.of(['list', 'count'] as const)
  await Promise.all([...asking, asked(load, someNode(load, random), { kind, userId })])
}

async function replace(load: Load, random: SeededRandom): Promise<void> {
  const session = load.sessions.takeOne(random)
  if (session === null) return
  const { id: replaces, userId } = session
  const limit = load.limitedUsers.includes(userId) ? limitOfSome : null
  const call = ask(load, someNode(load, random), { kind: 'create', userId, replaces, limit })
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
  const create: NodeCommand = { kind: 'create', userId, replaces: null, limit: null }
  await Promise.all([1, 2].map(() => asked(load, someNode(load, random), create)))
  const sessions = load.sessions.takeUser(userId)
  for (const session of sessions) everywhere(load, session)
  const call = ask(load, someNode(load, random), { kind: 'end-user', userId })
  await followEnding(load, random, sessions, call)
}

async function renew(load: Load, random: SeededRandom): Promise<void> {
  const { live } = load.sessions
  if (live.length === 0) return
  const session = random.of(live)
  const { token } = session
  if (random.isBelow(0.5)) await Promise.all(everywhere(load, session))
  const renewed = ask(load, someNode(load, random), { kind: 'renew', id: session.id }).then((renewal) => {
    load.sessions.learn(renewal)
    for (const node of askable(load)) void ask(load, node, { kind: 'verify', token })
    everywhere(load, session)
  })
  await patiently(renewed)
}

function count(load: Load, random: SeededRandom): Promise<unknown> {
  return asked(load, someNode(load, random), { kind: 'count', userId: random.of(load.users) })
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
