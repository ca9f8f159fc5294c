import { AlertDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { useAttempt } from './use-attempt.ts'

export interface Confirmation {
  readonly title: string
  /** What will happen, exactly. */
  readonly consequence: ReactNode
  readonly action: string
  readonly busy: string
  /** Does it. A rejection is shown in the dialog, which then stays. */
  readonly confirm: () => Promise<void>
}

interface ConfirmDialogProps {
  /** Null: closed. */
  confirmation: Confirmation | null
  onClose: () => void
  /** Called when the dialog has gone, to put the focus where it belongs. */
  onReturnFocus: () => void
}

export function ConfirmDialog({ confirmation, onClose, onReturnFocus }: ConfirmDialogProps): ReactNode {
  return (
    <AlertDialog.Root open={confirmation !== null} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/50 motion-safe:animate-appear" />
        <AlertDialog.Content
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onReturnFocus()
          }}
          className="fixed inset-x-4 bottom-4 z-50 mx-auto max-h-[85dvh] max-w-md overflow-y-auto rounded-2xl bg-surface p-6 shadow-float motion-safe:animate-rise sm:top-[22vh] sm:bottom-auto"
        >
          {confirmation ? <Question confirmation={confirmation} onClose={onClose} /> : null}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function Question({ confirmation, onClose }: { confirmation: Confirmation; onClose: () => void }): ReactNode {
  const { state, failure, attempt } = useAttempt(confirmation.confirm, onClose)
  return (
    <>
      <AlertDialog.Title className="text-base font-semibold">{confirmation.title}</AlertDialog.Title>
      <AlertDialog.Description asChild>
        <div className="mt-2 space-y-2 text-pretty wrap-anywhere text-muted">{confirmation.consequence}</div>
      </AlertDialog.Description>
      {failure ? (
        <div className="mt-4">
          <Notice look="danger" role="alert">
            {failure}
          </Notice>
        </div>
      ) : null}
      <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <AlertDialog.Cancel asChild>
          <Button className="max-sm:h-10">Cancel</Button>
        </AlertDialog.Cancel>
        <Button
          look="danger"
          className="max-sm:h-10"
          busy={state === 'busy' ? confirmation.busy : null}
          onClick={() => void attempt()}
        >
          {confirmation.action}
        </Button>
      </div>
    </>
  )
}
