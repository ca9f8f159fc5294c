import { ApiError } from '../api/api-error.ts'

/** Why signing in did not work, in words that say what to do next. */
export function signInFailure(error: unknown, secondsLeft: number): string {
  if (!(error instanceof ApiError)) return 'Something went wrong. Try again.'
  if (error.code === 'network') return 'The server could not be reached. Check your connection and try again.'
  if (error.code === 'invalid-credentials') return 'The email or the password is wrong.'
  if (error.status === 429) {
    return secondsLeft > 0
      ? `Too many attempts. Try again in ${waitingTime(secondsLeft)}.`
      : 'You can try again now.'
  }
  if (error.status >= 500) return 'The server cannot answer at the moment. Try again shortly.'
  return error.message
}

/** `45 seconds`, `3 minutes`: to the second only where it is near. */
export function waitingTime(seconds: number): string {
  if (seconds <= 90) return seconds === 1 ? '1 second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
