import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

interface MenuItemProps {
  look?: 'plain' | 'danger'
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ look = 'plain', onSelect, children }: MenuItemProps): ReactNode {
  const colour = look === 'danger' ? 'text-danger-text' : ''
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className={`flex cursor-default items-center rounded-md px-2.5 py-1.5 select-none -outline-offset-2! data-highlighted:bg-sunken ${colour}`}
    >
      {children}
    </DropdownMenu.Item>
  )
}
