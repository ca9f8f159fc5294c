import type { Storage } from 'latchkey/ports'
import { ActivityWriter } from '../../../packages/latchkey/src/cache/activity-writer.ts'
import { instantOf } from '../../../packages/latchkey/src/foundation/time.ts'
import { systemTimers } from '../../../packages/latchkey/src/foundation/timers.ts'
import type { SessionId } from '../../../packages/latchkey/src/model/session-token.ts'

/** Latchkey's way from a use that was noted to the store: its own activity writer, in its own batches. */
export function touchByWriter(storage: Storage, ids: readonly string[]): (at: number) => Promise<void> {
  const fail = (error: unknown): never => {
    throw error
  }
  const writer = new ActivityWriter(storage.sessions, systemTimers, fail)
  return async (at) => {
    for (const id of ids) writer.note(id as SessionId, instantOf(at))
    await writer.flush()
  }
}
