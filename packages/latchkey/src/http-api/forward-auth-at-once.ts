import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CredentialHeaders } from '../transport/credential-headers.ts'
import type { GuardOutcome } from '../transport/guard-outcome.ts'
import { encodeHeaderText } from '../transport/header-text.ts'
import type { SessionGuard } from '../transport/session-guard.ts'
import type { AtOnceFrame } from './at-once-frame.ts'
import { newRequestId } from './request-id.ts'
import { forwardAuthPath, refusalOf, sessionHeader, userHeader } from './routes/forward-auth.ts'

type CachingGuard = Pick<SessionGuard, 'identifyCached'>

/**
 * `GET /api/v1/forward-auth` without router, `Request` and promises, as every request to every application behind
 * the proxy waits for it. It decides nothing: the guard does, here and in the route.
 */
export function forwardAuthAtOnce(
  frame: AtOnceFrame,
  guard: CachingGuard,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const writeSignedIn = frame.answers.answerWriter([userHeader, sessionHeader, 'X-Request-Id'], 'empty')
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const startedAt = frame.now()
    const plain = frame.read(request)
    if (plain === null || plain.contentLength !== null || plain.transferEncoding !== null) return false
    const outcome = knownOutcome(guard, plain)
    if (outcome === null) return false
    const requestId = newRequestId()
    if (outcome.kind === 'signed-in') {
      const { userId, id } = outcome.session
      writeSignedIn(response, [encodeHeaderText(userId), id, requestId], '')
    } else frame.refuse(response, refusalOf(outcome), requestId)
    frame.done(forwardAuthPath, response, startedAt, requestId)
    return true
  }
}

/** What breaks here breaks there, too, where it has an answer of its own. */
function knownOutcome(guard: CachingGuard, headers: CredentialHeaders): GuardOutcome | null {
  try {
    return guard.identifyCached(headers)
  } catch {
    return null
  }
}
