import type { AlertOnWire } from 'latchkey/client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { changeAlert } from '../api/alerts.ts'
import { announce } from '../primitives/announcer.tsx'
import { DialogButtons } from '../primitives/dialog-buttons.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { TextField } from '../primitives/text-field.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { useAlertsChanged } from './use-alerts.ts'

interface AssignDialogProps {
  /** Null: closed. */
  alert: AlertOnWire | null
  onClose: () => void
  onReturnFocus: () => void
}

/** Asks which colleague is to look after an alert. */
export function AssignDialog({ alert, onClose, onReturnFocus }: AssignDialogProps): ReactNode {
  return (
    <DialogFrame
      title="Who is to look after it?"
      isOpen={alert !== null}
      onClose={onClose}
      onReturnFocus={onReturnFocus}
    >
      {alert ? <AssignForm alert={alert} onClose={onClose} /> : null}
    </DialogFrame>
  )
}

function AssignForm({ alert, onClose }: { alert: AlertOnWire; onClose: () => void }): ReactNode {
  const [email, setEmail] = useState('')
  const changed = useAlertsChanged()
  const wanted = email.trim()
  const { state, failure, attempt } = useAttempt(async () => {
    await changed(await changeAlert(alert.id, { assignee: wanted }, alert.version))
    announce(`Assigned to ${wanted}.`)
  }, onClose)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (wanted !== '' && state === 'idle') void attempt()
  }
  return (
    <form onSubmit={submit} className="mt-3">
      <TextField
        label="Email of an administrator"
        type="email"
        autoComplete="off"
        autoCapitalize="none"
        autoFocus
        required
        maxLength={320}
        hint="It stands in their list of alerts; nobody is sent a mail."
        error={failure}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <DialogButtons busy={state === 'busy' ? 'Assigning…' : null}>Assign</DialogButtons>
    </form>
  )
}
