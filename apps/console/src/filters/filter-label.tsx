import type { ReactNode } from 'react'

interface FilterLabelProps {
  /** Of the control that it names. */
  id: string
  name: string
  /** The control, and what lies over it. */
  children: ReactNode
}

/** The name of a filter above it, where it stays when there is something in it. */
export function FilterLabel({ id, name, children }: FilterLabelProps): ReactNode {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-muted">
        {name}
      </label>
      <div className="relative">{children}</div>
    </div>
  )
}
