import { AlertDialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { TextField } from './text-field.tsx'
import { useAttempt } from './use-attempt.ts'

export interface Confirmation {
  readonly title: string
  /** What will happen, exactly. */
  readonly consequence: ReactNode
  readonly action: string
  readonly busy: string
  /** Of the button. Default `danger`. */
  readonly look?: 'danger' | 'primary'
  /** What has to be typed before the button does anything, for what cannot be undone. */
  readonly typed?: string
  /** Asks why, in a field of that name, which may stay empty. */
  readonly noteLabel?: string
  /** Does it. A rejection is shown in the dialog, which then stays. `note`: why, empty where nothing is said. */
  readonly confirm: (note?: string) => Promise<void>
}

interface ConfirmDialogProps {
  /** Null: closed. */
  confirmation: Confirmation | null
  onClose: () => void
  /** Called when the dialog has gone, to put the focus where it belongs. */
  onReturnFocus: () => void
}

export function ConfirmDialog({ confirmation, onClose, onReturnFocus }: ConfirmDialogProps): ReactNode {
  return (
    <AlertDialog.Root open={confirmation !== null} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/50 motion-safe:animate-appear" />
        <AlertDialog.Content
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onReturnFocus()
          }}
          className="fixed inset-x-4 bottom-4 z-50 mx-auto max-h-[85dvh] max-w-md overflow-y-auto rounded-2xl bg-surface p-6 shadow-float motion-safe:animate-rise sm:top-[22vh] sm:bottom-auto"
        >
          {confirmation ? <Question confirmation={confirmation} onClose={onClose} /> : null}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function Question({ confirmation, onClose }: { confirmation: Confirmation; onClose: () => void }): ReactNode {
  const [note, setNote] = useState('')
  const [typed, setTyped] = useState('')
  const { state, failure, attempt } = useAttempt(() => confirmation.confirm(note.trim()), onClose)
  return (
    <>
      <AlertDialog.Title className="text-base font-semibold">{confirmation.title}</AlertDialog.Title>
      <AlertDialog.Description asChild>
        <div className="mt-2 space-y-2 text-pretty wrap-anywhere text-muted">{confirmation.consequence}</div>
      </AlertDialog.Description>
      <div className="mt-4 space-y-4 empty:hidden">
        {confirmation.noteLabel ? (
          <ConfirmationField label={confirmation.noteLabel} value={note} onChange={setNote} />
        ) : null}
        {confirmation.typed ? (
          <ConfirmationField
            label={`Type “${confirmation.typed}” to confirm`}
            value={typed}
            onChange={setTyped}
          />
        ) : null}
        {failure ? (
          <Notice look="danger" role="alert">
            {failure}
          </Notice>
        ) : null}
      </div>
      <Buttons
        confirmation={confirmation}
        readiness={typed.trim() === (confirmation.typed ?? '') ? 'ready' : 'not-typed-yet'}
        state={state}
        onConfirm={() => void attempt()}
      />
    </>
  )
}

interface ButtonsProps {
  confirmation: Confirmation
  readiness: 'ready' | 'not-typed-yet'
  state: 'idle' | 'busy'
  onConfirm: () => void
}

function Buttons({ confirmation, readiness, state, onConfirm }: ButtonsProps): ReactNode {
  return (
    <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
      <AlertDialog.Cancel asChild>
        <Button className="max-sm:h-10">Cancel</Button>
      </AlertDialog.Cancel>
      <Button
        look={confirmation.look ?? 'danger'}
        className="max-sm:h-10"
        disabled={readiness !== 'ready'}
        busy={state === 'busy' ? confirmation.busy : null}
        onClick={onConfirm}
      >
        {confirmation.action}
      </Button>
    </div>
  )
}

interface ConfirmationFieldProps {
  label: string
  value: string
  onChange: (text: string) => void
}

function ConfirmationField({ label, value, onChange }: ConfirmationFieldProps): ReactNode {
  return (
    <TextField
      label={label}
      autoComplete="off"
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
