import { ProblemError } from 'latchkey/http'

/** The answer to who tries too often. */
export function throttledProblem(retryAfterSeconds: number): ProblemError {
  return new ProblemError('too-many-attempts', 'Too many attempts. Wait before the next one.', {
    headers: { 'Retry-After': String(retryAfterSeconds) },
  })
}
