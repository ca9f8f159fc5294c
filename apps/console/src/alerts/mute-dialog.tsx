import type { AlertOnWire } from 'latchkey/client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { addMute } from '../api/alerts.ts'
import { useMutesChanged } from '../detectors/use-detectors.ts'
import { FilterSelect } from '../filters/filter-select.tsx'
import { announce } from '../primitives/announcer.tsx'
import { DialogButtons } from '../primitives/dialog-buttons.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { Notice } from '../primitives/notice.tsx'
import { TextField } from '../primitives/text-field.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { aboutWhom } from './alert-words.ts'
import { type MuteScope, muteDurations, muteOf, networkOf, scopesOf } from './mute-of-alert.ts'

interface MuteDialogProps {
  /** Null: closed. */
  alert: AlertOnWire | null
  onClose: () => void
  onReturnFocus: () => void
}

/** Asks what nobody wants to hear of any more, and until when. */
export function MuteDialog({ alert, onClose, onReturnFocus }: MuteDialogProps): ReactNode {
  return (
    <DialogFrame
      title="Mute what is like this"
      isOpen={alert !== null}
      onClose={onClose}
      onReturnFocus={onReturnFocus}
    >
      {alert ? <MuteForm alert={alert} onClose={onClose} /> : null}
    </DialogFrame>
  )
}

function MuteForm({ alert, onClose }: { alert: AlertOnWire; onClose: () => void }): ReactNode {
  const [scope, setScope] = useState(firstScope(alert))
  const [detectors, setDetectors] = useState<'this' | 'all'>('this')
  const [days, setDays] = useState('30')
  const [note, setNote] = useState('')
  const changed = useMutesChanged()
  const { state, failure, attempt } = useAttempt(async () => {
    await addMute(muteOf(alert, { scope, detectors, days, note }, Date.now()))
    await changed()
    announce('Muted from now on.')
  }, onClose)
  return (
    <form onSubmit={(event) => submitted(event, state, attempt)} className="mt-2 space-y-4">
      <Consequence />
      <Scopes alert={alert} scope={scope} onChange={setScope} />
      <Extent
        alert={alert}
        scope={scope}
        detectors={detectors}
        days={days}
        onDetectors={setDetectors}
        onDays={setDays}
      />
      <TextField
        label="Why (stands beside the mute)"
        autoComplete="off"
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {failure ? (
        <Notice look="danger" role="alert">
          {failure}
        </Notice>
      ) : null}
      <DialogButtons busy={state === 'busy' ? 'Muting…' : null}>Mute</DialogButtons>
    </form>
  )
}

function Consequence(): ReactNode {
  return (
    <p className="text-pretty text-muted">
      From now on, what is found of these opens no alert and has no response. What was found before stays.
    </p>
  )
}

function firstScope({ user_id: userId }: AlertOnWire): MuteScope {
  return userId === null ? 'everybody' : 'user'
}

function submitted(event: FormEvent, state: 'idle' | 'busy', attempt: () => Promise<void>): void {
  event.preventDefault()
  if (state === 'idle') void attempt()
}

interface ScopesProps {
  alert: AlertOnWire
  scope: MuteScope
  onChange: (scope: MuteScope) => void
}

function Scopes({ alert, scope, onChange }: ScopesProps): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Of whom</legend>
      <div className="space-y-1.5">
        {scopesOf(alert).map((one) => (
          <label key={one} className="flex min-h-6 items-start gap-2.5">
            <input
              type="radio"
              name="scope"
              // biome-ignore lint/a11y/noAutofocus: a dialog takes the focus; the first that is not chosen would have it.
              autoFocus={scope === one}
              checked={scope === one}
              onChange={() => onChange(one)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0 wrap-anywhere">{scopeText(one, alert)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface ExtentProps {
  alert: AlertOnWire
  scope: MuteScope
  detectors: 'this' | 'all'
  days: string
  onDetectors: (detectors: 'this' | 'all') => void
  onDays: (days: string) => void
}

function Extent({ alert, scope, detectors, days, onDetectors, onDays }: ExtentProps): ReactNode {
  return (
    <div className="grid gap-3">
      <FilterSelect
        label="Which findings"
        all={`Only “${alert.title}”`}
        choices={scope === 'everybody' ? {} : { all: 'Of every detector' }}
        value={detectors === 'all' && scope !== 'everybody' ? 'all' : ''}
        onChange={(value) => onDetectors(value === 'all' ? 'all' : 'this')}
      />
      <FilterSelect
        label="For how long"
        all="For ever"
        choices={muteDurations}
        value={days}
        onChange={onDays}
      />
    </div>
  )
}

function scopeText(scope: MuteScope, alert: AlertOnWire): string {
  if (scope === 'user') return `The user ${aboutWhom(alert)}`
  if (scope === 'device') return 'This device'
  if (scope === 'network') return `The network AS${networkOf(alert)}`
  return 'Everybody: the rule is mute'
}
