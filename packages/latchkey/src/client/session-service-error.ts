import type { Problem } from '../http-api/wire-types.ts'

/**
 * The one class that `SessionService` rejects with. Its message is fit to be shown to a user who reads
 * English; programs decide by `code`.
 */
export class SessionServiceError extends Error {
  override readonly name = 'SessionServiceError'
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  /** The problem's code; `network` when no answer came, `unexpected-answer` when it was not one of Latchkey's. */
  readonly code: string
  /** The error as the server described it, or null when it did not. */
  readonly problem: Problem | null

  constructor(
    status: number,
    code: string,
    message: string,
    problem: Problem | null = null,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.status = status
    this.code = code
    this.problem = problem
  }
}

/** Anything thrown, as a `SessionServiceError`. */
export function asSessionServiceError(error: unknown): SessionServiceError {
  if (error instanceof SessionServiceError) return error
  return new SessionServiceError(0, 'network', 'The server could not be reached.', null, error)
}
