import { Menu, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { IconButton } from '../primitives/icon-button.tsx'
import { AccountPanel } from './account-panel.tsx'
import { Logo } from './logo.tsx'
import { Navigation } from './navigation.tsx'

/** The bar at the top of narrow screens; what the side has on wide ones stands behind its button. */
export function NarrowBar(): ReactNode {
  const [state, setState] = useState<'open' | 'closed'>('closed')
  const close = (): void => setState('closed')
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center justify-between border-b border-line bg-canvas px-4 lg:hidden">
      <Logo />
      <Dialog.Root open={state === 'open'} onOpenChange={(open) => setState(open ? 'open' : 'closed')}>
        <Dialog.Trigger asChild>
          <IconButton icon={Menu} label="Menu" className="-mr-2 size-10!" />
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-30 bg-black/50 motion-safe:animate-appear" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 right-0 z-40 flex w-72 max-w-[85vw] flex-col overflow-y-auto bg-canvas p-4 shadow-float motion-safe:animate-appear"
          >
            <div className="mb-6 flex h-6 items-center justify-between">
              <Dialog.Title className="px-2.5 font-semibold">Menu</Dialog.Title>
              <Dialog.Close asChild>
                <IconButton icon={X} label="Close menu" className="-mr-2 size-10!" />
              </Dialog.Close>
            </div>
            <Navigation onNavigate={close} />
            <div className="mt-auto pt-8">
              <AccountPanel />
            </div>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </header>
  )
}
