/** What kind of failure it is: stable, for programs to decide by. */
export type ErrorCode =
  | 'invalid-argument'
  | 'idempotency-conflict'
  | 'session-limit-reached'
  | 'user-disabled'
  | 'storage-unavailable'
  | 'storage-busy'
  | 'storage-corrupt'
  | 'storage-too-new'
  | 'storage-failed'
  | 'closed'

/**
 * Every way in which the library itself can fail. Expected outcomes (a bad token, an expired session) are
 * values and do not stand here. `docs/errors.md` describes each code; a test holds the two equal.
 */
export const errorCodes: Readonly<Record<ErrorCode, { readonly retryable: boolean }>> = {
  'invalid-argument': { retryable: false },
  'idempotency-conflict': { retryable: false },
  'session-limit-reached': { retryable: false },
  'user-disabled': { retryable: false },
  'storage-unavailable': { retryable: true },
  'storage-busy': { retryable: true },
  'storage-corrupt': { retryable: false },
  'storage-too-new': { retryable: false },
  'storage-failed': { retryable: false },
  closed: { retryable: false },
}

/** What more is known about a failure. */
export interface ErrorContext {
  readonly cause?: unknown
  /** The argument at fault, by the name that the caller used. */
  readonly field?: string
}

/**
 * The one class that the library throws. Its message names what is wrong and never holds a token, an address
 * or SQL; the driver's own error is its `cause`, which does not show when the error is made into JSON.
 */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError'
  readonly code: ErrorCode
  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean
  /** The argument at fault, or null when the fault lies elsewhere. */
  readonly field: string | null

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause })
    this.code = code
    this.retryable = errorCodes[code].retryable
    this.field = context.field ?? null
  }

  toJSON(): { code: ErrorCode; message: string; retryable: boolean; field: string | null } {
    return { code: this.code, message: this.message, retryable: this.retryable, field: this.field }
  }
}

/** The error for an argument at fault; `message` says what it must be. */
export function invalidArgument(field: string, message: string): LatchkeyError {
  return new LatchkeyError('invalid-argument', `${field}: ${message}`, { field })
}
