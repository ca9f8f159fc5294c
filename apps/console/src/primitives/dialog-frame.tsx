import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'

const layers = {
  page: { overlay: 'z-40', content: 'z-50' },
  dialogs: { overlay: 'z-60', content: 'z-70' },
}

const widths = { narrow: 'max-w-md', wide: 'max-w-3xl' }

interface DialogFrameProps {
  title: string
  isOpen: boolean
  /** `dialogs`: it may have to ask something while another dialog is open. Default `page`. */
  above?: keyof typeof layers
  /** `wide`: for tables. Default `narrow`. */
  width?: keyof typeof widths
  onClose: () => void
  /** Called when the dialog has gone, to put the focus where it belongs. */
  onReturnFocus: () => void
  children: ReactNode
}

/** A dialog over the page: at the bottom of narrow screens, in the middle of wide ones. */
export function DialogFrame({
  title,
  isOpen,
  above = 'page',
  width = 'narrow',
  onClose,
  onReturnFocus,
  children,
}: DialogFrameProps): ReactNode {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay
          className={`fixed inset-0 bg-black/50 motion-safe:animate-appear ${layers[above].overlay}`}
        />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onReturnFocus()
          }}
          className={`fixed inset-x-4 bottom-4 mx-auto max-h-[85dvh] scroll-pb-20 overflow-y-auto rounded-2xl bg-surface p-6 shadow-float motion-safe:animate-rise sm:top-[16vh] sm:bottom-auto sm:max-h-[72vh] ${layers[above].content} ${widths[width]}`}
        >
          <Dialog.Title className="text-base font-semibold wrap-anywhere">{title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
