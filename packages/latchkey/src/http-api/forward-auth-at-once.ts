import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CredentialHeaders } from '../transport/credential-headers.ts'
import { kindOfRefusal } from '../transport/guard-checks.ts'
import type { GuardOutcome } from '../transport/guard-outcome.ts'
import { encodeHeaderText } from '../transport/header-text.ts'
import type { SessionGuard } from '../transport/session-guard.ts'
import { type AtOnceFrame, addressAtOnce } from './at-once-frame.ts'
import { factorRequired, type ProblemError, unauthenticated } from './problem.ts'
import { type Refusals, refusedProblem } from './refusals.ts'
import { newRequestId } from './request-id.ts'
import { forwardAuthPath, sessionHeader, userHeader } from './routes/forward-auth.ts'

type CachingGuard = Pick<SessionGuard, 'identifyCached' | 'facts' | 'noteRefused'>

/**
 * `GET /api/v1/forward-auth` without router, `Request` and promises, as every request to every application behind
 * the proxy waits for it. It decides nothing: the guard does, here and in the route.
 */
export function forwardAuthAtOnce(
  frame: AtOnceFrame,
  guard: CachingGuard,
  refusals: Refusals | undefined,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const writeSignedIn = frame.answers.answerWriter([userHeader, sessionHeader, 'X-Request-Id'])
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const startedAt = frame.now()
    const plain = frame.read(request)
    if (plain === null || plain.contentLength !== null || plain.transferEncoding !== null) return false
    const outcome = knownOutcome(guard, plain, request)
    if (outcome === null) return false
    const requestId = newRequestId()
    if (outcome.kind === 'signed-in') {
      const { userId, id } = outcome.session
      writeSignedIn(response, [encodeHeaderText(userId), id, requestId], '')
    } else {
      note(guard, outcome, request, requestId)
      frame.refuse(response, refusalOf(outcome, refusals, guard, request), requestId)
    }
    frame.done(forwardAuthPath, response, startedAt, requestId)
    return true
  }
}

type Refused = Exclude<GuardOutcome, { kind: 'signed-in' }>

/** Nobody waits for it here. */
function note(guard: CachingGuard, outcome: Refused, request: IncomingMessage, requestId: string): void {
  const kind = kindOfRefusal(outcome)
  if (kind === null) return
  void guard.noteRefused({ kind, ipAddress: addressAtOnce(guard, request), request: requestId })
}

/** As `refusalOf` of the tools has it. */
function refusalOf(
  outcome: Refused,
  refusals: Refusals | undefined,
  guard: CachingGuard,
  request: IncomingMessage,
): ProblemError {
  if (outcome.kind !== 'refused') return unauthenticated()
  if (outcome.reason === 'pending') return factorRequired()
  const address = refusals === undefined ? null : addressAtOnce(guard, request)
  return refusedProblem(refusals, address, outcome.reason, outcome.setCookies)
}

/** What breaks here breaks there, too, where it has an answer of its own. */
function knownOutcome(
  guard: CachingGuard,
  headers: CredentialHeaders,
  request: IncomingMessage,
): GuardOutcome | null {
  try {
    const { remoteAddress = null } = request.socket
    return guard.identifyCached(headers, request, { remoteAddress })
  } catch {
    return null
  }
}
