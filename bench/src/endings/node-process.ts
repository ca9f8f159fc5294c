import { setTimeout as wait } from 'node:timers/promises'
import { createSessions } from 'latchkey'
import { postgresStorage } from 'latchkey/postgres'
import { poolOn } from '../databases/fresh-database.ts'
import { compareWithUpdate } from './compare-with-update.ts'
import { endInTurn } from './end-in-turn.ts'
import type { NodeRequest, SessionInHand } from './node-request.ts'

/** One node of several on one database: a process with a pool and a cache of its own. */
const pool = poolOn(process.argv[2] ?? '')
const sessions = await createSessions({ storage: postgresStorage(pool), cleanup: 'by-command' })

async function answer(request: NodeRequest): Promise<unknown> {
  switch (request.task) {
    case 'create':
      return create(request.count)
    case 'warm':
      return warm(request.tokens)
    case 'count-refused':
      return countRefused(request.tokens)
    case 'compare':
      return compareWithUpdate(sessions, pool, request.ids)
    case 'end':
      return endInTurn(sessions, request)
  }
}

async function create(count: number): Promise<SessionInHand[]> {
  const created = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      sessions.createSession({ userId: `user-${process.pid}-${index}` }),
    ),
  )
  return created.map(({ session, token }) => ({ id: session.id, token }))
}

/** A node that is slow may lose its lease and all it has cached, and comes back by itself. */
async function warm(tokens: readonly string[]): Promise<null> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const cold = tokens.filter((token) => !sessions.verifyCached(token)?.active)
    if (cold.length === 0) return null
    for (const token of cold) await sessions.verifySession(token)
    if (sessions.getCacheState().lease !== 'held') await wait(10)
  }
  throw new Error('The cache does not get warm')
}

async function countRefused(tokens: readonly string[]): Promise<number> {
  let refused = 0
  for (const token of tokens) if (!(await sessions.verifySession(token)).active) refused += 1
  return refused
}

process.on('message', async (request: NodeRequest) => process.send?.(await answer(request)))
process.on('disconnect', async () => {
  await sessions.close()
  process.exit(0)
})
process.send?.('ready')
