import { useMutation } from '@tanstack/react-query'
import type { LoginResponse } from 'latchkey/client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ApiError } from '../api/api-error.ts'
import { setUp } from '../api/authentication.ts'
import { Button } from '../primitives/button.tsx'
import { EmailField } from '../primitives/email-field.tsx'
import { Notice } from '../primitives/notice.tsx'
import { PasswordField } from '../primitives/password-field.tsx'
import { minimumPasswordLength, setUpFailure } from './set-up-failure.ts'

interface SetUpFormProps {
  token: string
  onSetUp: (answer: LoginResponse) => void
}

export function SetUpForm({ token, onSetUp }: SetUpFormProps): ReactNode {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const attempt = useMutation({
    mutationFn: () => setUp(token, { email: email.trim(), password }),
    onSuccess: onSetUp,
  })
  const field = attempt.error instanceof ApiError ? attempt.error.field : null
  const failure = attempt.error ? setUpFailure(attempt.error) : null
  const ofField = field === 'email' || field === 'password'

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!attempt.isPending) attempt.mutate()
  }

  return (
    <form onSubmit={submit} className="space-y-5">
      {failure && !ofField ? (
        <Notice look="danger" role="alert">
          {failure}
        </Notice>
      ) : null}
      <EmailField
        value={email}
        error={field === 'email' ? failure : null}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        label="Password"
        autoComplete="new-password"
        minLength={minimumPasswordLength}
        value={password}
        hint={`At least ${minimumPasswordLength} characters; a few words will do.`}
        error={field === 'password' ? failure : null}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" size="wide" busy={attempt.isPending ? 'Creating…' : null}>
        Create administrator
      </Button>
    </form>
  )
}
