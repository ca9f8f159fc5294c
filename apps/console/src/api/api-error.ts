import type { Problem } from 'latchkey/client'

/** What the console's own calls reject with. Its message is fit to be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  /** The problem's code; `network` when no answer came, `unexpected-answer` when it was not one of Latchkey's. */
  readonly code: string
  /** The input at fault, where the server named one. */
  readonly field: string | null
  /** When to try again, in seconds, where the server said so. */
  readonly retryAfterSeconds: number | null
  /** The word of a filter that is at fault, and where it begins; null where none was named. */
  readonly fault: { readonly word: string; readonly position: number } | null
  /** How many there are now, where the server said that it is another number; null otherwise. */
  readonly count: number | null

  constructor(message: string, facts: ErrorFacts) {
    super(message)
    this.status = facts.status
    this.code = facts.code
    this.field = facts.field ?? null
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null
    this.fault = facts.fault ?? null
    this.count = facts.count ?? null
  }
}

type ErrorFacts = Pick<ApiError, 'status' | 'code'> &
  Partial<Pick<ApiError, 'field' | 'retryAfterSeconds' | 'fault' | 'count'>>

export function networkError(): ApiError {
  return new ApiError('The server could not be reached.', { status: 0, code: 'network' })
}

export function problemError(response: Response, problem: Problem): ApiError {
  const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  return new ApiError(problem.detail || problem.title, {
    status: response.status,
    code: problem.code,
    field: problem.field ?? null,
    retryAfterSeconds: Number.isNaN(retryAfter) ? null : retryAfter,
    fault: faultOf(problem),
    count: problem.count ?? null,
  })
}

function faultOf({ word, position }: Problem): ApiError['fault'] {
  return word === undefined || position === undefined ? null : { word, position }
}

export function unexpectedAnswer(response: Response): ApiError {
  const { status } = response
  // A gateway that gets no answer from the server says so in a page of its own.
  const text =
    status >= 500
      ? `The server cannot answer at the moment (status ${status}).`
      : `The server’s answer (status ${status}) was not understood.`
  return new ApiError(text, { status, code: 'unexpected-answer' })
}

/** Whether the session this page ran in is over. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}
