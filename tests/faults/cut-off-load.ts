import { setTimeout as wait } from 'node:timers/promises'
import type { Operation } from './coherence-history.ts'
import { ask, askable, asked, everywhere, followEnding, type Load, someNode, spread } from './load-calls.ts'
import type { NodeCommand } from './node-commands.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Between two cut-offs of everybody, in milliseconds. Shorter: no token of a session outlives its overlap. */
const leastPause = 7_000
const mostPause = 12_000

/** With sessions on their way at the same moment. */
export async function cutOffUser(load: Load, random: SeededRandom): Promise<void> {
  const userId = random.of(load.users)
  await endAll(load, random, userId, { kind: 'cut-off', userId })
}

export async function cutOffEverybodyAtTimes(load: Load, random: SeededRandom): Promise<void> {
  for (;;) {
    const until = performance.now() + random.between(leastPause, mostPause)
    while (performance.now() < until && !load.isOver) await wait(100)
    if (load.isOver) return
    const { live } = load.sessions
    await Promise.all([
      ask(load, someNode(load, random), { kind: 'cut-off', userId: null }),
      createSome(load, random, random.of(load.users)),
    ])
    for (const session of live) everywhere(load, session)
  }
}

/** Off and on again. While the user is disabled sessions are asked for in vain, and when they are enabled, not. */
export async function switchUser(load: Load, random: SeededRandom): Promise<void> {
  const [userId] = load.switchedUsers
  if (userId === undefined) return
  load.switchedUsers.delete(userId)
  await createSome(load, random, userId)
  await endAll(load, random, userId, { kind: 'disable', userId })
  await Promise.all(askable(load).map((node) => asked(load, node, creationOf(userId))))
  await wait(random.between(0, 200))
  const enabling = enable(load, random, userId)
  await Promise.all([enabling, createSome(load, random, userId)])
  await createSome(load, random, userId)
  load.switchedUsers.add(userId)
}

/** Until it is known to have happened. */
async function enable(load: Load, random: SeededRandom, userId: string): Promise<void> {
  let enabled: Operation | null = null
  while (!load.isOver && (enabled?.kind !== 'enable' || enabled.outcome === null)) {
    enabled = await ask(load, someNode(load, random), { kind: 'enable', userId })
  }
}

async function endAll(load: Load, random: SeededRandom, userId: string, command: NodeCommand): Promise<void> {
  const sessions = load.sessions.takeUser(userId)
  await spread(load, random, sessions)
  const racing = createSome(load, random, userId)
  const ending = ask(load, someNode(load, random), command)
  await Promise.all([racing, followEnding(load, random, sessions, ending)])
  // What was created meanwhile is asked about, too, once the answer is there.
  const asking = load.sessions.ofUser(userId).flatMap((session) => everywhere(load, session))
  const looking = askable(load).map((node) =>
    asked(load, node, { kind: random.of(['list', 'count'] as const), userId }),
  )
  await Promise.all([...asking, ...looking])
}

async function createSome(load: Load, random: SeededRandom, userId: string): Promise<void> {
  await Promise.all(
    [1, 2].map(async () => {
      await wait(random.between(0, 20))
      await asked(load, someNode(load, random), creationOf(userId))
    }),
  )
}

function creationOf(userId: string): NodeCommand {
  return { kind: 'create', userId, replaces: null, limit: null }
}
