import { type ReactNode, useRef, useState } from 'react'
import { counted } from '../numbers/number-text.ts'
import { Button } from '../primitives/button.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { BulkEndingJob } from './bulk-ending-job.tsx'
import { BulkPreview } from './bulk-preview.tsx'

interface BulkEndingButtonProps {
  filter: string
  /** How many are live, as far as the page knows; 0: the button is not there, and a dialog that is open stays. */
  count: number
}

/** Asks for an ending of everything that matches: preview, confirmation by typing the count, and the job as it goes on. */
export function BulkEndingButton({ filter, count }: BulkEndingButtonProps): ReactNode {
  // The filter is what it was when it was asked; the page may change behind the dialog.
  const [asked, setAsked] = useState<{ filter: string; job: string | null } | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      {count > 0 ? (
        <Button ref={button} size="small" look="dangerous" onClick={() => setAsked({ filter, job: null })}>
          End all {counted(count, 'session')}…
        </Button>
      ) : null}
      <DialogFrame
        title={asked?.job ? 'Ending sessions' : 'End all sessions that match?'}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        onReturnFocus={() => (button.current ?? document.getElementById('results'))?.focus()}
      >
        {asked && asked.job === null ? (
          <BulkPreview filter={asked.filter} onStarted={({ id: job }) => setAsked({ ...asked, job })} />
        ) : null}
        {asked?.job ? <BulkEndingJob id={asked.job} onClose={() => setAsked(null)} /> : null}
      </DialogFrame>
    </>
  )
}
