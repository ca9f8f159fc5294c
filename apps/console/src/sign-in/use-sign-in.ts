import { useMutation } from '@tanstack/react-query'
import type { LoginResponse } from 'latchkey/client'
import { ApiError } from '../api/api-error.ts'
import { type Credentials, signIn } from '../api/authentication.ts'
import { useSecondsLeft } from './use-seconds-left.ts'

interface SigningIn {
  readonly attempt: (credentials: Credentials) => void
  readonly isPending: boolean
  readonly error: Error | null
  /** How long the server asked to wait, in seconds; null where it did not. */
  readonly wait: number | null
  /** What is left of that; no attempt is made before it is 0. */
  readonly secondsLeft: number
}

export function useSignIn(onSignedIn: (answer: LoginResponse) => void): SigningIn {
  const { mutate, isPending, error, submittedAt } = useMutation({ mutationFn: signIn, onSuccess: onSignedIn })
  const wait = error instanceof ApiError ? error.retryAfterSeconds : null
  const secondsLeft = useSecondsLeft(wait, submittedAt)

  function attempt(credentials: Credentials): void {
    if (!isPending && secondsLeft === 0) mutate(credentials)
  }

  return { attempt, isPending, error, wait, secondsLeft }
}
