import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

interface ActionMenuProps {
  /** What it is about; no two menus of a page have the same. */
  label: string
  className?: string
  /** `MenuItem`s and `MenuRule`s. */
  children: ReactNode
}

/** A menu behind three dots, of what can be done with one row. */
export function ActionMenu({ label, className = '', children }: ActionMenuProps): ReactNode {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          icon={Ellipsis}
          label={label}
          className={className}
          // A press opens the menu without focusing what was pressed; a dialog that is asked for in the menu
          // could not give the focus back to it, nor to its neighbour once its row has gone.
          onPointerDown={(event) => event.currentTarget.focus()}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-30 min-w-52 rounded-xl bg-surface p-1.5 shadow-float motion-safe:animate-appear"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function MenuRule(): ReactNode {
  return <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
}
