import { type FormEvent, type ReactNode, useState } from 'react'
import { DialogButtons } from '../primitives/dialog-buttons.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { TextField } from '../primitives/text-field.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'

/** In characters, as the API has it. */
export const longestName = 60

interface SaveFilterDialogProps {
  isOpen: boolean
  filter: string
  /** Those that are taken. */
  names: readonly string[]
  save: (name: string, filter: string) => Promise<void>
  onClose: () => void
  onReturnFocus: () => void
}

/** Gives the filter that holds a name. */
export function SaveFilterDialog(props: SaveFilterDialogProps): ReactNode {
  const { isOpen, onClose, onReturnFocus } = props
  return (
    <DialogFrame title="Save this filter" isOpen={isOpen} onClose={onClose} onReturnFocus={onReturnFocus}>
      {isOpen ? <SaveForm {...props} /> : null}
    </DialogFrame>
  )
}

function SaveForm({ filter, names, save, onClose }: SaveFilterDialogProps): ReactNode {
  const [name, setName] = useState('')
  const wanted = name.trim()
  const { state, failure, attempt } = useAttempt(() => save(wanted, filter), onClose)
  const isTaken = names.includes(wanted)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (wanted !== '' && state === 'idle') void attempt()
  }
  return (
    <form onSubmit={submit} className="mt-3">
      <code className="mb-4 block rounded-md bg-sunken px-2.5 py-1.5 text-xs wrap-anywhere">{filter}</code>
      <TextField
        label="Name"
        autoComplete="off"
        autoFocus
        required
        maxLength={longestName}
        hint={isTaken ? 'The filter of that name is replaced.' : 'Only you see it.'}
        error={failure}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <DialogButtons busy={state === 'busy' ? 'Saving…' : null}>{isTaken ? 'Replace' : 'Save'}</DialogButtons>
    </form>
  )
}
