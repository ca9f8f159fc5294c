import { setTimeout as wait } from 'node:timers/promises'
import type { KnownSession } from './known-sessions.ts'
import { ask, askable, asked, everywhere, type Load, patiently, someNode } from './load-calls.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Often on several nodes at once, as the tabs of one browser would; afterwards with both tokens everywhere. */
export async function rotate(load: Load, random: SeededRandom): Promise<void> {
  const { live } = load.sessions
  if (live.length === 0) return
  const session = random.of(live)
  const { token: shown } = session
  if (random.isBelow(0.5)) await Promise.all(everywhere(load, session))
  const nodes = random.isBelow(0.5) ? askable(load) : [someNode(load, random)]
  await Promise.all(
    nodes.map(async (node) => {
      await wait(random.between(0, 10))
      await asked(load, node, { kind: 'rotate', shown })
      askBoth(load, session, shown)
    }),
  )
}

/** Old and new; a first use of the new one is written down. */
function askBoth(load: Load, session: KnownSession, old: string): void {
  for (const node of askable(load)) void asked(load, node, { kind: 'verify', token: old })
  everywhere(load, session)
}

/** Somebody who has kept an old token shows it: where its overlap is over, nobody has the session any more. */
export async function steal(load: Load, random: SeededRandom): Promise<void> {
  const session = load.sessions.someReplaced(random)
  if (session === null) return
  if (random.isBelow(0.5)) await Promise.all(everywhere(load, session))
  const token = random.of(session.oldTokens)
  const kind = random.of(['verify', 'rotate'] as const)
  const command = kind === 'verify' ? ({ kind, token } as const) : ({ kind, shown: token } as const)
  const shown = ask(load, someNode(load, random), command).then(async (operation) => {
    load.sessions.learn(operation)
    everywhere(load, session)
    await wait(random.between(20, 400))
    everywhere(load, session)
  })
  await patiently(shown)
}
