import { setTimeout as wait } from 'node:timers/promises'
import type { KnownDevice, KnownSession } from './known-sessions.ts'
import { ask, asked, followEnding, type Load, someNode, spread } from './load-calls.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Often on a browser that keeps nothing, so that there are always some devices on which little has happened. */
export async function signIn(load: Load, random: SeededRandom): Promise<void> {
  const device = random.isBelow(0.25) ? null : load.sessions.someDevice(random)
  if (device === null) {
    const userId = random.of(load.users)
    return asked(load, someNode(load, random), { kind: 'sign-in', userId, shown: null })
  }
  const sessions = load.sessions.takeDevice(device)
  await spread(load, random, sessions)
  // Of two at once, on two nodes perhaps, one ends the other.
  const times = random.isBelow(0.3) ? 2 : 1
  await Promise.all(
    Array.from({ length: times }, async (_, index) => {
      if (index > 0) await wait(random.between(0, 30))
      await signInOn(load, random, device, sessions)
    }),
  )
}

async function signInOn(
  load: Load,
  random: SeededRandom,
  { userId, token: shown }: KnownDevice,
  sessions: readonly KnownSession[],
): Promise<void> {
  const call = ask(load, someNode(load, random), { kind: 'sign-in', userId, shown })
  const learned = call.then((operation) => {
    load.sessions.learn(operation)
    return operation
  })
  await followEnding(load, random, sessions, learned)
}

export async function endDevice(load: Load, random: SeededRandom): Promise<void> {
  const device = load.sessions.someDevice(random)
  if (device === null) return
  const sessions = load.sessions.takeDevice(device)
  await spread(load, random, sessions)
  const call = ask(load, someNode(load, random), { kind: 'end-device', deviceId: device.id })
  await followEnding(load, random, sessions, call)
}
