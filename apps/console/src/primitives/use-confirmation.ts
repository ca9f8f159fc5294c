import { type ComponentProps, useCallback, useState } from 'react'
import type { Confirmation, ConfirmDialog } from './confirm-dialog.tsx'
import { useOpener } from './use-opener.ts'

interface Confirming {
  readonly ask: (confirmation: Confirmation) => void
  /** For the one `ConfirmDialog` of the place. */
  readonly dialog: ComponentProps<typeof ConfirmDialog>
}

/** One question at a time. Afterwards the focus returns to what asked it, or, when that has gone, to where `restore` puts it. */
export function useConfirmation(restore: () => void): Confirming {
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null)
  const { remember, returnFocus } = useOpener(restore)

  const ask = useCallback(
    (next: Confirmation) => {
      remember()
      setConfirmation(next)
    },
    [remember],
  )

  return { ask, dialog: { confirmation, onClose: () => setConfirmation(null), onReturnFocus: returnFocus } }
}
