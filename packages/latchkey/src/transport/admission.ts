import { LatchkeyError } from '../foundation/errors.ts'
import { activityOf } from './activity.ts'
import type { GuardOutcome, SignedIn } from './guard-outcome.ts'
import type { ConnectionFacts, RequestHead } from './request-head.ts'
import type { SessionGuard } from './session-guard.ts'

/** For `Vary` on every answer that a session decides about: a cache that keeps it must not give it to others. */
export const variesBy = 'Cookie, Authorization'

/** A request that is let in. */
export interface Admitted {
  readonly signedIn: SignedIn
  /** `Set-Cookie` values of the session's next token, where it was time for one: whatever is answered is for one reader. */
  readonly setCookies: readonly string[]
}

/**
 * The request's session, or the answer to refuse it with: 401 without a valid credential, 403 for a request that
 * another site started or while a factor is owed, 503 while the storage is away. Rejects with anything else that is
 * broken.
 */
export async function admit(
  guard: SessionGuard,
  head: RequestHead,
  connection: ConnectionFacts,
): Promise<Admitted | Response> {
  try {
    const activity = activityOf(head)
    const outcome = await guard.check(head, { activity, connection })
    if (outcome.kind !== 'signed-in') return refusalOf(outcome)
    const { kind: _, ...signedIn } = outcome
    const isDue = signedIn.rotationDue && signedIn.credential === 'cookie' && activity === 'user'
    return { signedIn, setCookies: isDue ? await guard.rotate(head) : [] }
  } catch (error) {
    if (error instanceof LatchkeyError && error.retryable) {
      return refusal(503, 'Service Unavailable', { 'Retry-After': '2' })
    }
    throw error
  }
}

/** The session that the request is in and whose user still owes a factor; null where it is in none, or another site started it. */
export async function pendingSession(
  guard: SessionGuard,
  head: RequestHead,
  connection: ConnectionFacts,
): Promise<SignedIn | null> {
  const outcome = await guard.check(head, { connection, stage: 'pending' })
  return outcome.kind === 'signed-in' ? outcome : null
}

function refusalOf(outcome: Exclude<GuardOutcome, { kind: 'signed-in' }>): Response {
  const isPending = outcome.kind === 'refused' && outcome.reason === 'pending'
  if (outcome.kind === 'cross-site' || isPending) return refusal(403, 'Forbidden', {})
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
