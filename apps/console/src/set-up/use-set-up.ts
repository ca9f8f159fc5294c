import { useMutation } from '@tanstack/react-query'
import type { LoginResponse } from 'latchkey/client'
import { ApiError } from '../api/api-error.ts'
import { type Credentials, setUp } from '../api/authentication.ts'
import { setUpFailure } from './set-up-failure.ts'

interface SettingUp {
  readonly attempt: (credentials: Credentials) => void
  readonly isPending: boolean
  readonly failure: string | null
  /** The input that the failure is about; null where it is about none of the form's. */
  readonly field: 'email' | 'password' | null
}

export function useSetUp(token: string, onSetUp: (answer: LoginResponse) => void): SettingUp {
  const { mutate, isPending, error } = useMutation({
    mutationFn: (credentials: Credentials) => setUp(token, credentials),
    onSuccess: onSetUp,
  })
  const named = error instanceof ApiError ? error.field : null

  function attempt(credentials: Credentials): void {
    if (!isPending) mutate(credentials)
  }

  return {
    attempt,
    isPending,
    failure: error === null ? null : setUpFailure(error),
    field: named === 'email' || named === 'password' ? named : null,
  }
}
