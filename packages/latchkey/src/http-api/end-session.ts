import type { EndOneOptions } from '../operations/invalidate-sessions.ts'
import type { Sessions } from '../operations/sessions.ts'
import { sessionNotFound } from './problem.ts'
import { knownShape } from './request-schemas.ts'
import type { RevokeSessionResponse } from './wire-types.ts'

/**
 * Ends one session of a user. Ending it a second time is no error; an unknown id, one of a wrong shape and
 * somebody else's are the same 404.
 */
export async function endSession(
  sessions: Sessions,
  sessionId: string,
  options: EndOneOptions & { readonly ofUser: string },
): Promise<RevokeSessionResponse> {
  const id = knownShape(sessionId)
  if (await sessions.invalidateSession(id, options)) {
    return { message: 'The session was ended.', revoked: true }
  }
  const session = await sessions.getSession(id)
  if (session?.userId !== options.ofUser) throw sessionNotFound()
  return { message: 'The session had ended before.', revoked: false }
}
