import type { ComponentProps, ReactNode } from 'react'
import { ConfirmDialog } from '../primitives/confirm-dialog.tsx'
import { Notice } from '../primitives/notice.tsx'
import { RenameDialog } from './rename-dialog.tsx'

interface DeviceDialogsProps {
  confirmation: ComponentProps<typeof ConfirmDialog>
  renaming: ComponentProps<typeof RenameDialog>
  /** Why what has no dialog of its own did not work; null where it did. */
  failure: string | null
}

/** What the actions on devices ask and say. */
export function DeviceDialogs({ confirmation, renaming, failure }: DeviceDialogsProps): ReactNode {
  return (
    <>
      {failure ? (
        <div className="mt-4">
          <Notice look="danger" role="alert">
            {failure}
          </Notice>
        </div>
      ) : null}
      <ConfirmDialog {...confirmation} />
      <RenameDialog {...renaming} />
    </>
  )
}
