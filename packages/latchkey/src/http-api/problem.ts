import type { Problem } from './wire-types.ts'

/**
 * Every error that the API answers with, those of the program's own routes included. `docs/http-errors.md`
 * describes each; a test holds the two equal, both ways.
 */
export const problemCodes = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  'invalid-credentials': { status: 401, title: 'The credentials are not right' },
  forbidden: { status: 403, title: 'Not allowed' },
  'cross-site-request': { status: 403, title: 'The request came from another site' },
  'factor-required': { status: 403, title: 'Another factor is owed' },
  'user-disabled': { status: 403, title: 'The user is disabled' },
  'reauthentication-required': { status: 403, title: 'Sign in again to do this' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'idempotency-conflict': { status: 409, title: 'The idempotency key was used for another request' },
  'session-limit-reached': { status: 409, title: 'The user has as many sessions as are allowed' },
  conflict: { status: 409, title: 'It is there already' },
  'count-changed': { status: 409, title: 'There are more or fewer by now' },
  'setup-unavailable': { status: 410, title: 'Set-up is over' },
  'link-expired': { status: 410, title: 'The link has expired' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'invalid-input': { status: 422, title: 'The input is not valid' },
  'too-many-attempts': { status: 429, title: 'Too many attempts' },
  'too-many-streams': { status: 429, title: 'Too many open event streams' },
  'internal-error': { status: 500, title: 'Something went wrong' },
  stopping: { status: 503, title: 'This node is about to end' },
  'storage-unavailable': { status: 503, title: 'The storage cannot be reached' },
} as const

/** One of the table's codes. */
export type ProblemCode = keyof typeof problemCodes

/** Where the `type` of a problem leads: a page that explains it. */
export const problemTypeBase = 'https://github.com/latchkey/latchkey/blob/main/docs/http-errors.md'

/** What programs need to know beside the text. */
export type ProblemMembers = Pick<Problem, 'word' | 'position' | 'count'>

/** What a problem may carry besides its code and text. */
export interface ProblemContext {
  /** The input at fault, as the wire names it. */
  readonly field?: string
  /** Further members of the problem. */
  readonly more?: ProblemMembers
  /** Sent along with the answer: `Retry-After`, say. */
  readonly headers?: Readonly<Record<string, string>>
  /** `Set-Cookie` values sent along with the answer. */
  readonly setCookies?: readonly string[]
  readonly cause?: unknown
}

/** Thrown by a route to answer with a problem. Its message goes to the client: no token, no address in it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly field: string | null
  readonly more: ProblemMembers
  readonly headers: Readonly<Record<string, string>>
  readonly setCookies: readonly string[]

  constructor(code: ProblemCode, detail: string, context: ProblemContext = {}) {
    super(detail, context.cause === undefined ? undefined : { cause: context.cause })
    this.code = code
    this.field = context.field ?? null
    this.more = context.more ?? {}
    this.headers = context.headers ?? {}
    this.setCookies = context.setCookies ?? []
  }
}

/** The one answer to every missing or bad credential, so that nobody learns which kind of bad it was. */
export function unauthenticated(setCookies: readonly string[] = []): ProblemError {
  return new ProblemError('unauthenticated', 'This needs a session or a key that is valid.', { setCookies })
}

/** The answer to a source that guesses. */
export function tooManyRefused(seconds: number): ProblemError {
  return new ProblemError('too-many-attempts', 'Too many credentials from here were not valid.', {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) },
  })
}

/** The answer where the session's user has to prove again who they are. */
export function reauthenticationRequired(): ProblemError {
  return new ProblemError('reauthentication-required', 'Prove again who you are, then repeat the request.')
}

/** The one answer for what does not exist and for what is somebody else's. */
export function sessionNotFound(): ProblemError {
  return new ProblemError('not-found', 'There is no such session.')
}

/** As `sessionNotFound`, of alerts. */
export function alertNotFound(): ProblemError {
  return new ProblemError('not-found', 'There is no such alert.')
}

/** As `sessionNotFound`, of devices. */
export function deviceNotFound(): ProblemError {
  return new ProblemError('not-found', 'There is no such device.')
}

/** The answer to the token of a session whose user has yet to prove something. */
export function factorRequired(): ProblemError {
  return new ProblemError(
    'factor-required',
    'The user of this session still owes a factor. It is good for nothing else until then.',
  )
}

export function crossSiteRequest(): ProblemError {
  return new ProblemError(
    'cross-site-request',
    'A request with the session cookie that changes something must come from the application itself: send Origin or Sec-Fetch-Site.',
  )
}
