import type { SavedFiltersResponse } from 'latchkey/client'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from '../primitives/button.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { TextField } from '../primitives/text-field.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { useRowFocus } from '../primitives/use-row-focus.ts'
import { longestName } from './save-filter-dialog.tsx'

type SavedFilter = SavedFiltersResponse['saved_filters'][number]

interface ManageFiltersDialogProps {
  isOpen: boolean
  saved: readonly SavedFilter[]
  rename: (name: string, next: string, filter: string) => Promise<void>
  remove: (name: string) => Promise<void>
  onClose: () => void
  onReturnFocus: () => void
}

/** The saved filters, each with the ways to rename and to delete it. */
export function ManageFiltersDialog(props: ManageFiltersDialogProps): ReactNode {
  const { isOpen, saved, rename, remove, onClose, onReturnFocus } = props
  const close = useRef<HTMLButtonElement>(null)
  const names = saved.map(({ name }) => name)
  const { listRef } = useRowFocus(names, close)
  return (
    <DialogFrame title="Saved filters" isOpen={isOpen} onClose={onClose} onReturnFocus={onReturnFocus}>
      <div ref={listRef}>
        <ul aria-label="Saved filters" className="mt-3 divide-y divide-line">
          {saved.map((one) => (
            <Row key={one.name} saved={one} names={names} rename={rename} remove={remove} />
          ))}
        </ul>
      </div>
      <div className="mt-4 flex justify-end">
        <Button ref={close} className="max-sm:h-10 max-sm:w-full" onClick={onClose}>
          Close
        </Button>
      </div>
    </DialogFrame>
  )
}

interface RowProps extends Pick<ManageFiltersDialogProps, 'rename' | 'remove'> {
  saved: SavedFilter
  /** Those that are taken. */
  names: readonly string[]
}

function Row({ saved, names, rename, remove }: RowProps): ReactNode {
  const { name, filter } = saved
  const [state, setState] = useState<'shown' | 'renaming'>('shown')
  const removing = useAttempt(
    () => remove(name),
    () => {},
  )
  return (
    <li data-row={name} className="py-3">
      {state === 'renaming' ? (
        <RenameForm saved={saved} names={names} rename={rename} onDone={() => setState('shown')} />
      ) : (
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <p className="font-medium wrap-anywhere">{name}</p>
            <p className="text-xs/5 wrap-anywhere text-muted">{filter}</p>
          </div>
          <Button size="small" aria-label={`Rename ${name}`} onClick={() => setState('renaming')}>
            Rename
          </Button>
          <Button
            size="small"
            look="dangerous"
            aria-label={`Delete ${name}`}
            busy={removing.state === 'busy' ? '…' : null}
            onClick={() => void removing.attempt()}
          >
            Delete
          </Button>
        </div>
      )}
      {removing.failure ? (
        <p role="alert" className="mt-1 text-[0.8125rem] text-danger-text">
          {removing.failure}
        </p>
      ) : null}
    </li>
  )
}

interface RenameFormProps extends Pick<RowProps, 'saved' | 'names' | 'rename'> {
  onDone: () => void
}

function RenameForm({ saved, names, rename, onDone }: RenameFormProps): ReactNode {
  const [next, setNext] = useState(saved.name)
  const wanted = next.trim()
  const { state, failure, attempt } = useAttempt(() => rename(saved.name, wanted, saved.filter), onDone)
  const isTaken = wanted !== saved.name && names.includes(wanted)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (wanted !== '' && !isTaken && state === 'idle') void attempt()
  }
  return (
    <form onSubmit={submit} className="space-y-2.5">
      <TextField
        label={`New name of ${saved.name}`}
        autoComplete="off"
        autoFocus
        maxLength={longestName}
        error={isTaken ? 'There is a filter of that name already.' : failure}
        value={next}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setNext(event.target.value)}
      />
      <div className="flex gap-2">
        <Button size="small" type="submit" look="primary" busy={state === 'busy' ? 'Saving…' : null}>
          Save name
        </Button>
        <Button size="small" onClick={onDone}>
          Keep it
        </Button>
      </div>
    </form>
  )
}
