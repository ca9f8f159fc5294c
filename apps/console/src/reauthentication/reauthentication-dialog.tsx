import { Dialog } from 'radix-ui'
import { type FormEvent, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from '../primitives/button.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { PasswordField } from '../primitives/password-field.tsx'
import { SignInFailureNotice } from '../sign-in/sign-in-failure-notice.tsx'
import { type PasswordQuestion, standingQuestion, subscribeToQuestion } from './reauthentication.ts'
import { isWrongPassword, useReauthentication } from './use-reauthentication.ts'

/** Asks for the password where something needs a recent sign-in; once a page, above whatever dialog was open. */
export function ReauthenticationDialog({ email }: { email: string }): ReactNode {
  const question = useSyncExternalStore(subscribeToQuestion, standingQuestion)
  const last = useRef<PasswordQuestion | null>(null)
  if (question !== null) last.current = question

  // Whoever signs in next is not asked what this user was.
  useEffect(() => () => standingQuestion()?.answer(false), [])

  function returnFocus(): void {
    const opener = last.current?.opener
    const back = opener instanceof HTMLElement && opener.isConnected ? opener : null
    const target = back ?? document.getElementById('content')
    target?.focus()
  }

  return (
    <DialogFrame
      title="Confirm that it is you"
      above="dialogs"
      isOpen={question !== null}
      onClose={() => question?.answer(false)}
      onReturnFocus={returnFocus}
    >
      {question ? <PasswordForm question={question} email={email} /> : null}
    </DialogFrame>
  )
}

function PasswordForm({ question, email }: { question: PasswordQuestion; email: string }): ReactNode {
  const [password, setPassword] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { attempt, isPending, error, wait, secondsLeft } = useReauthentication(question)
  const isWrong = isWrongPassword(error)

  useEffect(() => {
    if (error !== null) field.current?.select()
  }, [error])

  function submit(event: FormEvent): void {
    event.preventDefault()
    attempt(password)
  }

  return (
    <form onSubmit={submit} className="mt-2">
      <Reason email={email} />
      {error && !isWrong ? (
        <div className="mb-4">
          <SignInFailureNotice error={error} wait={wait} secondsLeft={secondsLeft} />
        </div>
      ) : null}
      {/* So that a password manager knows whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        autoFocus
        ref={field}
        error={isWrong && !isPending ? 'The password is wrong.' : null}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Buttons busy={isPending ? 'Confirming…' : null} secondsLeft={secondsLeft} />
    </form>
  )
}

function Buttons({ busy, secondsLeft }: { busy: string | null; secondsLeft: number }): ReactNode {
  return (
    <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
      <Dialog.Close asChild>
        <Button className="max-sm:h-10">Cancel</Button>
      </Dialog.Close>
      <Button
        type="submit"
        look="primary"
        className="max-sm:h-10"
        aria-disabled={secondsLeft > 0}
        busy={busy}
      >
        Confirm
      </Button>
    </div>
  )
}

function Reason({ email }: { email: string }): ReactNode {
  return (
    <p className="mb-4 text-pretty wrap-anywhere text-muted">
      This needs a recent sign-in. Enter the password of <span className="text-ink">{email}</span> to go on.
    </p>
  )
}
