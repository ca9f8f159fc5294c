import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PasswordResponse } from 'latchkey/client'
import { ApiError } from '../api/api-error.ts'
import { changePassword, type NewPassword } from '../api/authentication.ts'
import { meQuery } from '../api/me-query.ts'
import { useSecondsLeft } from '../sign-in/use-seconds-left.ts'

interface ChangingPassword {
  readonly attempt: (wanted: NewPassword) => void
  readonly isPending: boolean
  readonly error: Error | null
  /** How long the server asked to wait, in seconds; null where it did not. */
  readonly wait: number | null
  /** What is left of that; no attempt is made before it is 0. */
  readonly secondsLeft: number
}

export function useChangePassword(onChanged: (answer: PasswordResponse) => void): ChangingPassword {
  const client = useQueryClient()
  const { mutate, isPending, error, submittedAt } = useMutation({
    mutationFn: changePassword,
    onSuccess: (answer) => {
      client.setQueryData(meQuery.queryKey, { user: answer.user, session: answer.session })
      onChanged(answer)
    },
  })
  const wait = error instanceof ApiError ? error.retryAfterSeconds : null
  const secondsLeft = useSecondsLeft(wait, submittedAt)

  function attempt(wanted: NewPassword): void {
    if (!isPending && secondsLeft === 0) mutate(wanted)
  }

  return { attempt, isPending, error, wait, secondsLeft }
}
