import type { BulkEndingOnWire, BulkPreviewResponse } from 'latchkey/client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { counted, countText } from '../numbers/number-text.ts'
import { DialogButtons } from '../primitives/dialog-buttons.tsx'
import { Notice } from '../primitives/notice.tsx'
import { TextField } from '../primitives/text-field.tsx'
import { isTheCount } from './typed-count.ts'
import { useStart } from './use-start.ts'

interface BulkQuestionProps {
  preview: BulkPreviewResponse
  refresh: () => void
  onStarted: (job: BulkEndingOnWire) => void
}

/** Asks why, and for the count, before anything ends. */
export function BulkQuestion({ preview, refresh, onStarted }: BulkQuestionProps): ReactNode {
  const { filter, count } = preview
  const [typed, setTyped] = useState('')
  const [note, setNote] = useState('')
  const { state, failure, start } = useStart(onStarted, () => {
    setTyped('')
    refresh()
  })
  const isReady = count > 0 && isTheCount(typed, count)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isReady && state === 'idle') void start({ filter, expected: count, note: note.trim() })
  }
  return (
    <form onSubmit={submit} className="mt-4 space-y-4">
      <Field label="Why (stands in the audit log)" value={note} onType={setNote} />
      <Field label={`Type ${countText(count)} to confirm`} value={typed} onType={setTyped} />
      {failure ? (
        <Notice look="danger" role="alert">
          {failure}
        </Notice>
      ) : null}
      <DialogButtons
        look="danger"
        readiness={isReady ? 'ready' : 'not-yet'}
        busy={state === 'busy' ? 'Starting…' : null}
      >
        End {counted(count, 'session')}
      </DialogButtons>
    </form>
  )
}

interface FieldProps {
  label: string
  value: string
  onType: (text: string) => void
}

function Field({ label, value, onType }: FieldProps): ReactNode {
  return (
    <TextField
      label={label}
      autoComplete="off"
      maxLength={200}
      value={value}
      onChange={(event) => onType(event.target.value)}
    />
  )
}
