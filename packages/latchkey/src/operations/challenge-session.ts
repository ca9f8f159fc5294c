import { LatchkeyError } from '../foundation/errors.ts'
import { instantOf } from '../foundation/time.ts'
import type { ChangeOrigin } from '../model/session.ts'
import { isSessionId } from '../model/session-token.ts'
import { isChallenged } from '../rules/reauthentication.ts'
import { sessionStatus } from '../rules/session-status.ts'
import { findWithNewestUse, mostAttempts, replaceFinally } from './renew-session.ts'
import type { Wiring } from './wiring.ts'

/**
 * From now on the user of the session has to prove anew who they are before anything that asks for a recent proof, however
 * recent the last one is; on every node when it resolves. False, and nothing is changed, where the session is not live, owes
 * a factor anyway, or was challenged before and its user has not answered.
 */
export async function challengeSession(wiring: Wiring, id: string, origin: ChangeOrigin): Promise<boolean> {
  if (!isSessionId(id)) return false
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const now = wiring.clock.now()
    const record = await findWithNewestUse(wiring, id)
    if (record === null || sessionStatus(record, wiring.policy, now) !== 'live') return false
    if (record.stage === 'pending' || isChallenged(record)) return false
    // A clock of another node may have been ahead when its user last proved who they are.
    const challengedAt = instantOf(Math.max(now, record.authenticatedAt))
    const next = { ...record, version: record.version + 1, challengedAt }
    if (await replaceFinally(wiring, next, { ...origin, cause: 'challenge' })) return true
  }
  throw new LatchkeyError('storage-busy', 'the session is being renewed by too many at once')
}
