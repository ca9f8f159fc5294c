import { createSessions } from 'latchkey'
import type { Storage } from 'latchkey/ports'
import type { Contestant } from '../contestant.ts'
import { maybeSealed, request, type SignIns } from './sign-ins.ts'
import { verifyInTurn } from './verify-in-turn.ts'

/** `verifySession` without a cache, of sessions with an address and a user agent: each is a read of the storage. */
export async function verifyCold(
  storage: Storage,
  remove: () => void | Promise<void>,
  sealing: SignIns['sealing'],
): Promise<Contestant> {
  const sessions = await createSessions({
    storage: maybeSealed(storage, sealing),
    cache: 'none',
    cleanup: 'by-command',
  })
  return verifyInTurn(
    async (userId) => (await sessions.createSession({ userId, ...request })).token,
    async (token) => {
      const verification = await sessions.verifySession(token)
      if (!verification.active || verification.session.ipAddress !== request.ipAddress) return null
      return verification.session.userId
    },
    async () => {
      await sessions.close()
      await remove()
    },
  )
}
