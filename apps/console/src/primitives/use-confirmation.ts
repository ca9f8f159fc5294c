import { type ComponentProps, useCallback, useRef, useState } from 'react'
import type { Confirmation, ConfirmDialog } from './confirm-dialog.tsx'

interface Confirming {
  readonly ask: (confirmation: Confirmation) => void
  /** For the one `ConfirmDialog` of the place. */
  readonly dialog: ComponentProps<typeof ConfirmDialog>
}

/** One question at a time. Afterwards the focus returns to what asked it, or, when that has gone, to where `restore` puts it. */
export function useConfirmation(restore: () => void): Confirming {
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null)
  const opener = useRef<Element | null>(null)

  const ask = useCallback((next: Confirmation) => {
    opener.current = document.activeElement
    setConfirmation(next)
  }, [])

  function returnFocus(): void {
    const element = opener.current
    if (element instanceof HTMLElement && element.isConnected && element !== document.body) element.focus()
    else restore()
  }

  return { ask, dialog: { confirmation, onClose: () => setConfirmation(null), onReturnFocus: returnFocus } }
}
