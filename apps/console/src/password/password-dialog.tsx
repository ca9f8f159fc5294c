import type { PasswordResponse } from 'latchkey/client'
import { Dialog } from 'radix-ui'
import {
  type ComponentProps,
  type FormEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { Button } from '../primitives/button.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { Notice } from '../primitives/notice.tsx'
import { PasswordField } from '../primitives/password-field.tsx'
import { minimumPasswordLength } from '../set-up/set-up-failure.ts'
import { SignInFailureNotice } from '../sign-in/sign-in-failure-notice.tsx'
import { type PasswordFormField, passwordFault } from './password-fault.ts'
import { useChangePassword } from './use-change-password.ts'

export interface PasswordDialogProps {
  isOpen: boolean
  /** Whose password it is. */
  email: string
  onChanged: (answer: PasswordResponse) => void
  onClose: () => void
  /** Called when the dialog has gone, to put the focus where it belongs. */
  onReturnFocus: () => void
}

/** Asks for the password that there is and the new one. */
export function PasswordDialog({ isOpen, onReturnFocus, ...rest }: PasswordDialogProps): ReactNode {
  return (
    <DialogFrame title="Change password" isOpen={isOpen} onClose={rest.onClose} onReturnFocus={onReturnFocus}>
      <PasswordForm {...rest} />
    </DialogFrame>
  )
}

type PasswordFormProps = Omit<PasswordDialogProps, 'isOpen' | 'onReturnFocus'>

function PasswordForm({ email, onChanged, onClose }: PasswordFormProps): ReactNode {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [others, setOthers] = useState<'end' | 'keep'>('end')
  const changing = useChangePassword((answer) => {
    onChanged(answer)
    onClose()
  })
  const fault = changing.isPending ? null : passwordFault(changing.error)
  const fields = useFaultyFieldFocus(changing.error, fault?.field ?? null)

  return (
    <form onSubmit={submitted(() => changing.attempt({ current, next, others }))} className="mt-4 space-y-4">
      <Failure changing={changing} />
      {/* So that a password manager knows whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        autoFocus
        ref={fields.current}
        error={fault?.field === 'current' ? fault.text : null}
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <NewPasswordField
        ref={fields.new}
        error={fault?.field === 'new' ? fault.text : null}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <OthersChoice chosen={others} onChoose={setOthers} />
      <Buttons busy={changing.isPending ? 'Changing…' : null} secondsLeft={changing.secondsLeft} />
    </form>
  )
}

function submitted(attempt: () => void): (event: FormEvent) => void {
  return (event) => {
    event.preventDefault()
    attempt()
  }
}

function NewPasswordField(
  props: Pick<ComponentProps<typeof PasswordField>, 'ref' | 'error' | 'value' | 'onChange'>,
): ReactNode {
  return (
    <PasswordField
      {...props}
      label="New password"
      autoComplete="new-password"
      minLength={minimumPasswordLength}
      hint={`At least ${minimumPasswordLength} characters; a few words will do.`}
    />
  )
}

type Fields = Readonly<Record<PasswordFormField, RefObject<HTMLInputElement | null>>>

/** The field at fault takes the focus, with what was typed selected. */
function useFaultyFieldFocus(error: Error | null, field: PasswordFormField | null): Fields {
  const current = useRef<HTMLInputElement>(null)
  const next = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (error === null || field === null) return
    const input = field === 'current' ? current.current : next.current
    input?.focus()
    input?.select()
  }, [error, field])
  return { current, new: next }
}

/** What is about no field of the form. */
function Failure({ changing }: { changing: ReturnType<typeof useChangePassword> }): ReactNode {
  const { error, wait, secondsLeft } = changing
  if (error === null) return null
  const fault = passwordFault(error)
  if (fault === null) return <SignInFailureNotice error={error} wait={wait} secondsLeft={secondsLeft} />
  if (fault.field !== null) return null
  return (
    <Notice look="danger" role="alert">
      {fault.text}
    </Notice>
  )
}

interface OthersChoiceProps {
  chosen: 'end' | 'keep'
  onChoose: (choice: 'end' | 'keep') => void
}

function OthersChoice({ chosen, onChoose }: OthersChoiceProps): ReactNode {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <input
        type="checkbox"
        id={id}
        aria-describedby={`${id}-note`}
        checked={chosen === 'end'}
        onChange={(event) => onChoose(event.target.checked ? 'end' : 'keep')}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id}>Sign out my other sessions</label>
        <p id={`${id}-note`} className="text-[0.8125rem] text-pretty text-muted">
          Everywhere but here, the new password is then needed to go on.
        </p>
      </div>
    </div>
  )
}

function Buttons({ busy, secondsLeft }: { busy: string | null; secondsLeft: number }): ReactNode {
  return (
    <div className="flex flex-col-reverse gap-2 pt-2 sm:flex-row sm:justify-end">
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
        Change password
      </Button>
    </div>
  )
}
