import type { Problem } from '../http-api/wire-types.ts'

/** Codes after which there is something to do besides saying so. */
const kinds = [
  'reauthentication-required',
  'factor-required',
  'session-limit-reached',
  'user-disabled',
  'network',
] as const

/**
 * What an application does about an error. `signed-out`: this session is over. `reauthentication-required`: ask for
 * the password, then call again. `factor-required`: this session still owes a factor. `session-limit-reached`: end
 * another session first. `user-disabled`: nothing; an administrator has to enable the user. `network`: no answer came.
 * `other`: say what its message says.
 */
export type SessionServiceErrorKind = (typeof kinds)[number] | 'signed-out' | 'other'

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

  /** What to do about it, from its status and its code. */
  get kind(): SessionServiceErrorKind {
    return this.status === 401 ? 'signed-out' : (kinds.find((kind) => kind === this.code) ?? 'other')
  }
}

/** Anything thrown, as a `SessionServiceError`. */
export function asSessionServiceError(error: unknown): SessionServiceError {
  if (error instanceof SessionServiceError) return error
  return new SessionServiceError(0, 'network', 'The server could not be reached.', null, error)
}
