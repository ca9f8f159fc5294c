import type { LoginResponse } from 'latchkey/client'
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from '../primitives/button.tsx'
import { EmailField } from '../primitives/email-field.tsx'
import { Notice } from '../primitives/notice.tsx'
import { PasswordField } from '../primitives/password-field.tsx'
import { minimumPasswordLength } from './set-up-failure.ts'
import { useSetUp } from './use-set-up.ts'

interface SetUpFormProps {
  token: string
  onSetUp: (answer: LoginResponse) => void
}

export function SetUpForm({ token, onSetUp }: SetUpFormProps): ReactNode {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { attempt, isPending, field, failure } = useSetUp(token, onSetUp)
  const form = useFocusOnRefused(field, failure)

  function submit(event: FormEvent): void {
    event.preventDefault()
    attempt({ email: email.trim(), password })
  }

  return (
    <form ref={form} onSubmit={submit} className="space-y-5">
      {failure && field === null ? (
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
      <Button type="submit" look="primary" size="wide" busy={isPending ? 'Creating…' : null}>
        Create administrator
      </Button>
    </form>
  )
}

/** For the form: the field that was refused takes the focus. */
function useFocusOnRefused(field: string | null, failure: string | null): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (failure !== null && field !== null)
      form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus()
  }, [failure, field])
  return form
}
