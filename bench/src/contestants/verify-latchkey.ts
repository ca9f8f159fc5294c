import { createSessions } from 'latchkey'
import type { Storage } from 'latchkey/ports'
import type { Contestant } from '../contestant.ts'

const sessionCount = 1_000

/** `verifySession` of a thousand sessions in turn, after each has been verified once. */
export async function verifyWith(storage: Storage, remove: () => void | Promise<void>): Promise<Contestant> {
  const sessions = await createSessions({ storage, cleanup: 'by-command' })
  const created = await Promise.all(
    Array.from({ length: sessionCount }, (_, index) => sessions.createSession({ userId: `user-${index}` })),
  )
  for (const { token } of created) await sessions.verifySession(token)
  let next = 0
  return {
    run: async (times) => {
      for (let done = 0; done < times; done += 1) {
        const index = next % sessionCount
        const verification = await sessions.verifySession(created[index]?.token ?? '')
        if (!verification.active || verification.session.userId !== `user-${index}`)
          throw new Error('Wrong answer')
        next += 1
      }
    },
    close: async () => {
      await sessions.close()
      await remove()
    },
  }
}
