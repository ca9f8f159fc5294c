import { HTTPException } from 'hono/http-exception'
import { type ErrorCode, LatchkeyError } from '../foundation/errors.ts'
import { ProblemError, problemCodes, problemTypeBase } from './problem.ts'
import type { Problem } from './wire-types.ts'

/** How long a client waits before it asks again, in seconds: a database that restarts is back by then. */
const retryAfter = '2'

const storageCodes: ReadonlySet<ErrorCode> = new Set([
  'storage-unavailable',
  'storage-busy',
  'storage-corrupt',
  'storage-too-new',
  'storage-failed',
  'closed',
])

/** What an error of any kind says to the client. What is not known to be harmless says nothing of itself. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof LatchkeyError) return ofLibrary(error)
  if (error instanceof HTTPException) return ofHono(error)
  return new ProblemError('internal-error', 'It is our fault, and has been noted.', { cause: error })
}

function ofLibrary(error: LatchkeyError): ProblemError {
  if (error.retryable || storageCodes.has(error.code)) {
    return new ProblemError('storage-unavailable', 'Nothing could be read or written. Try again soon.', {
      headers: { 'Retry-After': retryAfter },
      cause: error,
    })
  }
  if (error.code === 'idempotency-conflict') {
    return new ProblemError('idempotency-conflict', 'This key came before, with another request.', {
      field: 'idempotency-key',
    })
  }
  if (error.code === 'session-limit-reached') {
    return new ProblemError('session-limit-reached', 'End another session of the user first.')
  }
  if (error.code === 'user-disabled') {
    return new ProblemError('user-disabled', 'Nobody can sign in as this user until they are enabled again.')
  }
  if (error.field === null) return new ProblemError('invalid-input', error.message)
  const field = onWire(error.field)
  return new ProblemError('invalid-input', error.message.replace(error.field, field), { field })
}

function ofHono(error: HTTPException): ProblemError {
  if (error.status === 415) {
    return new ProblemError('unsupported-media-type', 'Send the body in the media type that the route names.')
  }
  return error.status < 500
    ? new ProblemError('malformed-request', 'The body is not what its media type says.')
    : new ProblemError('internal-error', 'It is our fault, and has been noted.', { cause: error })
}

/** `expiresInDays` → `expires_in_days`; the key of idempotency came in a header. */
function onWire(field: string): string {
  if (field === 'idempotencyKey') return 'idempotency-key'
  if (field === 'replaces') return 'replace_session_id'
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** An answer before it is given to a server: headers in pairs, as `Set-Cookie` may come several times. */
export interface PreparedAnswer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** The answer as RFC 9457 has it. */
export function preparedProblem(error: ProblemError, requestId: string): PreparedAnswer {
  const { status, title } = problemCodes[error.code]
  const body: Problem = {
    type: `${problemTypeBase}#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
    ...(error.field === null ? {} : { field: error.field }),
    ...error.more,
  }
  const headers = {
    // RFC 9110 section 15.5.2: every 401 names a way to prove who one is.
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer realm="latchkey"' } : {}),
    ...error.headers,
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
  }
  const setCookies = error.setCookies.map((value) => ['Set-Cookie', value] as const)
  return { status, headers: [...Object.entries(headers), ...setCookies], body: JSON.stringify(body) }
}

export function problemResponse(error: ProblemError, requestId: string): Response {
  const { status, headers, body } = preparedProblem(error, requestId)
  return new Response(body, {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  })
}
