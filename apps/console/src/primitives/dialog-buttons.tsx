import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'

interface DialogButtonsProps {
  /** What is under way, in words. */
  busy: string | null
  look?: 'primary' | 'danger'
  /** `not-yet`: something has to be filled in first. */
  readiness?: 'ready' | 'not-yet'
  /** The words of the button that submits. */
  children: ReactNode
}

/** The way out of a dialog's form, and the button that submits it. */
export function DialogButtons({
  busy,
  look = 'primary',
  readiness = 'ready',
  children,
}: DialogButtonsProps): ReactNode {
  return (
    <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
      <Dialog.Close asChild>
        <Button className="max-sm:h-10">Cancel</Button>
      </Dialog.Close>
      <Button
        type="submit"
        look={look}
        className="max-sm:h-10"
        disabled={readiness === 'not-yet'}
        busy={busy}
      >
        {children}
      </Button>
    </div>
  )
}
