import { checkUserId } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** Committed first, then gone from the cache, then acknowledged; a forgetting that failed may have been made. */
export async function forgetUser(wiring: Wiring, userId: string): Promise<number> {
  const checked = checkUserId('userId', userId)
  try {
    const gone = await wiring.storage.sessions.forgetUser(checked)
    for (const { id } of gone) wiring.activity.forget(id)
    return gone.length
  } finally {
    wiring.coherence.drop({ kind: 'user', userId: checked, except: null })
  }
}
