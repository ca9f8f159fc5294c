import type { EndOneOptions } from '../operations/invalidate-sessions.ts'
import type { ApiContext } from './api-environment.ts'
import type { ApiTools } from './api-tools.ts'
import { sessionNotFound } from './problem.ts'
import { knownShape } from './request-schemas.ts'
import type { RevokeSessionResponse } from './wire-types.ts'

/**
 * Ends one session of a user. Ending it a second time is no error; an unknown id, one of a wrong shape and
 * somebody else's are the same 404.
 */
export async function endSession(
  { sessions, recordRefusal }: Pick<ApiTools, 'sessions' | 'recordRefusal'>,
  context: ApiContext,
  sessionId: string,
  options: EndOneOptions & { readonly ofUser: string },
): Promise<RevokeSessionResponse> {
  const id = knownShape(sessionId)
  if (await sessions.invalidateSession(id, { ...options, request: context.get('requestId') })) {
    return { message: 'The session was ended.', revoked: true }
  }
  const session = await sessions.getSession(id)
  if (session?.userId !== options.ofUser) {
    // Not waited for: the answer to what is somebody else's must take no longer than that to what never was.
    if (session !== null) void recordRefusal(context, 'direct-reference', id)
    throw sessionNotFound()
  }
  return { message: 'The session had ended before.', revoked: false }
}
