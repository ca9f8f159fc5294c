import type { AlertOnWire, AlertStateOnWire } from 'latchkey/client'
import type { ReactNode } from 'react'
import { counted } from '../numbers/number-text.ts'
import { Button } from '../primitives/button.tsx'
import { stateVerb } from './alert-words.ts'

interface BulkBarProps {
  picked: readonly AlertOnWire[]
  busy: 'busy' | 'idle'
  set: (state: AlertStateOnWire) => Promise<void>
  clear: () => void
}

const offered: readonly AlertStateOnWire[] = ['acknowledged', 'resolved', 'false-alarm', 'open']

/** What can be done with those that are chosen, all at once. */
export function BulkBar({ picked, busy, set, clear }: BulkBarProps): ReactNode {
  const [first] = picked
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 rounded-xl bg-accent-soft px-4 py-2.5">
      <p role="status" className="mr-auto font-medium text-accent-text">
        {counted(picked.length, 'alert')} chosen
      </p>
      {offered
        .filter((state) => state !== first?.state)
        .map((state) => (
          <Button
            key={state}
            size="small"
            busy={busy === 'busy' ? stateVerb(state) : null}
            onClick={() => void set(state)}
          >
            {stateVerb(state)}
          </Button>
        ))}
      <Button size="small" look="quiet" onClick={clear}>
        Clear
      </Button>
    </div>
  )
}
