import type { LoginResponse } from 'latchkey/client'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../primitives/button.tsx'
import { EmailField } from '../primitives/email-field.tsx'
import { PasswordField } from '../primitives/password-field.tsx'
import { SignInFailureNotice } from './sign-in-failure-notice.tsx'
import { useSignIn } from './use-sign-in.ts'

export function SignInForm({ onSignedIn }: { onSignedIn: (answer: LoginResponse) => void }): ReactNode {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const passwordField = useRef<HTMLInputElement>(null)
  const { attempt, isPending, error, wait, secondsLeft } = useSignIn(onSignedIn)

  useEffect(() => {
    if (error !== null) passwordField.current?.select()
  }, [error])

  function submit(event: FormEvent): void {
    event.preventDefault()
    attempt({ email: email.trim(), password })
  }

  return (
    <form onSubmit={submit} className="space-y-5">
      {error ? <SignInFailureNotice error={error} wait={wait} secondsLeft={secondsLeft} /> : null}
      <EmailField value={email} onChange={(event) => setEmail(event.target.value)} />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        ref={passwordField}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button
        type="submit"
        look="primary"
        size="wide"
        aria-disabled={secondsLeft > 0}
        busy={isPending ? 'Signing in…' : null}
      >
        Sign in
      </Button>
    </form>
  )
}
