import { LatchkeyError } from '../foundation/errors.ts'
import type { GuardOutcome, SignedIn } from './guard-outcome.ts'
import type { RequestHead } from './request-head.ts'
import type { SessionGuard } from './session-guard.ts'

/**
 * The request's session, or the answer to refuse it with: 401 without a valid credential, 403 for a request that
 * another site started, 503 while the storage is away. Rejects with anything else that is broken.
 */
export async function admit(guard: SessionGuard, head: RequestHead): Promise<SignedIn | Response> {
  try {
    const outcome = await guard.check(head)
    return outcome.kind === 'signed-in' ? outcome : refusalOf(outcome)
  } catch (error) {
    if (error instanceof LatchkeyError && error.retryable) {
      return refusal(503, 'Service Unavailable', { 'Retry-After': '2' })
    }
    throw error
  }
}

function refusalOf(outcome: Exclude<GuardOutcome, { kind: 'signed-in' }>): Response {
  if (outcome.kind === 'cross-site') return refusal(403, 'Forbidden', {})
  const response = refusal(401, 'Unauthorized', { 'WWW-Authenticate': 'Bearer realm="latchkey"' })
  const setCookies = outcome.kind === 'refused' ? outcome.setCookies : []
  for (const setCookie of setCookies) response.headers.append('Set-Cookie', setCookie)
  return response
}

/** The answer to a request that cannot be one of the API: its method, or a target that leads elsewhere. */
export function unusableRequest(): Response {
  return refusal(400, 'Bad Request', {})
}

/** A problem of RFC 9457 that says no more than its status. */
function refusal(status: number, title: string, headers: Readonly<Record<string, string>>): Response {
  const body = JSON.stringify({ type: 'about:blank', title, status })
  const always = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' }
  return new Response(body, { status, headers: { ...always, ...headers } })
}
