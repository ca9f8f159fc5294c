import { useMutation } from '@tanstack/react-query'
import type { LoginResponse } from 'latchkey/client'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { ApiError } from '../api/api-error.ts'
import { signIn } from '../api/authentication.ts'
import { Button } from '../primitives/button.tsx'
import { Notice } from '../primitives/notice.tsx'
import { PasswordField } from '../primitives/password-field.tsx'
import { TextField } from '../primitives/text-field.tsx'
import { signInFailure } from './sign-in-failure.ts'
import { useSecondsLeft } from './use-seconds-left.ts'

export function SignInForm({ onSignedIn }: { onSignedIn: (answer: LoginResponse) => void }): ReactNode {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const passwordField = useRef<HTMLInputElement>(null)
  const attempt = useMutation({ mutationFn: signIn, onSuccess: onSignedIn })
  const wait = attempt.error instanceof ApiError ? attempt.error.retryAfterSeconds : null
  const secondsLeft = useSecondsLeft(wait, attempt.submittedAt)

  useEffect(() => {
    if (attempt.isError) passwordField.current?.select()
  }, [attempt.isError])

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (attempt.isPending || secondsLeft > 0) return
    attempt.mutate({ email: email.trim(), password })
  }

  return (
    <form onSubmit={submit} className="space-y-5">
      {attempt.isError ? <Failure error={attempt.error} wait={wait} secondsLeft={secondsLeft} /> : null}
      <TextField
        label="Email"
        type="email"
        name="email"
        autoComplete="username"
        autoCapitalize="none"
        autoFocus
        required
        maxLength={320}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        maxLength={1024}
        ref={passwordField}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button
        type="submit"
        look="primary"
        size="wide"
        aria-disabled={secondsLeft > 0}
        busy={attempt.isPending ? 'Signing in…' : null}
      >
        Sign in
      </Button>
    </form>
  )
}

/** Read out once, with the whole wait; the seconds that run are for the eye. */
function Failure({
  error,
  wait,
  secondsLeft,
}: {
  error: Error
  wait: number | null
  secondsLeft: number
}): ReactNode {
  const said = signInFailure(error, wait ?? 0)
  return (
    <Notice look="danger">
      <span role="alert" className="sr-only">
        {said}
      </span>
      <span aria-hidden>{wait === null ? said : signInFailure(error, secondsLeft)}</span>
    </Notice>
  )
}
