import type { AlertOnWire } from 'latchkey/client'
import { type FormEvent, type ReactNode, type RefObject, useId, useState } from 'react'
import { actorText } from '../audit/actor-words.ts'
import { Moment } from '../moment/moment.tsx'
import { announce } from '../primitives/announcer.tsx'
import { Button } from '../primitives/button.tsx'
import { inputLook } from '../primitives/text-field.tsx'

/** In characters, as the API has it. */
const longest = 2_000

interface AlertNotesProps {
  alert: AlertOnWire
  fieldRef: RefObject<HTMLTextAreaElement | null>
  /** True where it worked. */
  add: (note: string) => Promise<boolean>
}

/** What people wrote beside it, and a field for more. */
export function AlertNotes({ alert, fieldRef, add }: AlertNotesProps): ReactNode {
  return (
    <div className="mt-5 border-t border-line pt-4">
      <h3 className="font-medium">Notes</h3>
      {alert.notes.length > 0 ? (
        <ul className="mt-2 space-y-3">
          {alert.notes.map(({ at, by, by_label: label, text }) => (
            <li key={`${at} ${by} ${text}`} className="text-[0.8125rem]">
              <p className="text-muted">
                {actorText(by, label)}, <Moment at={at} />
              </p>
              <p dir="auto" className="whitespace-pre-line wrap-anywhere">
                {text}
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      <NoteForm fieldRef={fieldRef} add={add} />
    </div>
  )
}

function NoteForm({ fieldRef, add }: Pick<AlertNotesProps, 'fieldRef' | 'add'>): ReactNode {
  const id = useId()
  const [text, setText] = useState('')
  const [state, setState] = useState<'idle' | 'busy'>('idle')
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const note = text.trim()
    if (note === '' || state === 'busy') return
    setState('busy')
    if (await add(note)) {
      setText('')
      announce('The note is added.')
    }
    setState('idle')
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-3">
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-muted">
        Add a note
      </label>
      <textarea
        ref={fieldRef}
        id={id}
        rows={2}
        maxLength={longest}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event)
        }}
        className={`${inputLook} h-auto! min-h-16 py-2`}
      />
      <Button type="submit" size="small" className="mt-2" busy={state === 'busy' ? 'Adding…' : null}>
        Add note
      </Button>
    </form>
  )
}
