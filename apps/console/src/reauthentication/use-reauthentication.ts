import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../api/api-error.ts'
import { confirmPassword } from '../api/authentication.ts'
import { meQuery } from '../api/me-query.ts'
import { useSecondsLeft } from '../sign-in/use-seconds-left.ts'
import type { PasswordQuestion } from './reauthentication.ts'

interface Reauthenticating {
  readonly attempt: (password: string) => void
  readonly isPending: boolean
  readonly error: Error | null
  /** How long the server asked to wait, in seconds; null where it did not. */
  readonly wait: number | null
  /** What is left of that; no attempt is made before it is 0. */
  readonly secondsLeft: number
}

export function useReauthentication({ answer }: PasswordQuestion): Reauthenticating {
  const client = useQueryClient()
  const { mutate, isPending, error, submittedAt } = useMutation({
    mutationFn: confirmPassword,
    onSuccess: ({ user, session }) => {
      client.setQueryData(meQuery.queryKey, { user, session })
      answer(true)
    },
    // The session is over: what was interrupted finds that out, and leaves for the sign-in page.
    onError: (failure) => isSessionOver(failure) && answer(true),
  })
  const wait = error instanceof ApiError ? error.retryAfterSeconds : null
  const secondsLeft = useSecondsLeft(wait, submittedAt)

  function attempt(password: string): void {
    if (!isPending && secondsLeft === 0) mutate(password)
  }

  return { attempt, isPending, error, wait, secondsLeft }
}

export function isWrongPassword(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'invalid-credentials'
}

function isSessionOver(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && !isWrongPassword(error)
}
