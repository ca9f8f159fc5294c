import { createSessions, type Sessions } from '../operations/sessions.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import type { FakeClock } from './fake-clock.ts'
import { interceptedStorage } from './intercepted-storage.ts'

/** Two nodes of one storage; the first learns late where the log ends, as where its connections are all taken. */
export interface LateLog {
  readonly storage: Storage
  /** On the other node. */
  end(sessionId: string): Promise<unknown>
  /** From now on the log answers. */
  answer(): void
}

export function lateLog(clock: FakeClock): LateLog {
  const storage = memoryStorage()
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    storage: interceptedStorage(storage, async (operation, call) => {
      if (operation === 'events.latest') await promise
      return call()
    }),
    async end(sessionId) {
      const other: Sessions = await createSessions({
        storage,
        clock,
        cleanup: 'by-command',
        secret: new Uint8Array(32).fill(7),
      })
      return other.invalidateSession(sessionId)
    },
    answer: resolve,
  }
}
