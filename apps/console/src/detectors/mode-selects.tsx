import type { DetectorOnWire, ResponseOnWire } from 'latchkey/client'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { responseNames } from '../alerts/alert-words.ts'
import type { DetectorDraft } from '../api/detectors.ts'
import { inputLook } from '../primitives/text-field.tsx'
import { modeNames } from './detector-words.ts'

interface ModeSelectsProps {
  /** Of the detector. */
  title: string
  draft: DetectorDraft
  onChange: (draft: DetectorDraft) => void
}

/** The mode of a detector, and what happens where it enforces. */
export function ModeSelects({ title, draft, onChange }: ModeSelectsProps): ReactNode {
  const { mode, response } = draft
  return (
    <div className="grid grid-cols-1 gap-2">
      <Choice
        label={`Mode of ${title}`}
        choices={modeNames}
        value={mode}
        onChange={(value) => onChange({ mode: value as DetectorOnWire['mode'], response })}
      />
      {mode === 'enforce' ? (
        <Choice
          label={`Response of ${title}`}
          choices={responseNames}
          value={response}
          onChange={(value) => onChange({ mode, response: value as ResponseOnWire })}
        />
      ) : null}
    </div>
  )
}

interface ChoiceProps {
  label: string
  choices: Readonly<Record<string, string>>
  value: string
  onChange: (value: string) => void
}

function Choice({ label, choices, value, onChange }: ChoiceProps): ReactNode {
  return (
    <div className="relative">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputLook} h-9! appearance-none pr-9`}
      >
        {Object.entries(choices).map(([choice, name]) => (
          <option key={choice} value={choice}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </div>
  )
}
