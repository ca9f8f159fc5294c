import type { ReactNode } from 'react'

/** The columns that rows and their heads share on wide screens. */
export const sessionColumns = 'xl:grid-cols-[2.25rem_minmax(0,1fr)_7.25rem_6.5rem_8rem_7.5rem] xl:gap-x-4'

/** The heads of the columns, for the eye: each row says them again for those who listen. */
export function SessionColumnHeads(): ReactNode {
  return (
    <div
      aria-hidden
      className={`hidden border-b border-line px-5 py-2.5 text-xs font-medium text-muted xl:grid ${sessionColumns}`}
    >
      <span className="col-span-2">Device</span>
      <span>Last active</span>
      <span>Started</span>
      <span>Expires</span>
    </div>
  )
}
