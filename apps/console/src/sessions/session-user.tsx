import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'

/** The user's name, or the id where there is none. */
export function SessionUser({ session }: { session: ManagedSession }): ReactNode {
  const { user_label: label, user_id: id } = session
  return (
    <>
      <span className="block truncate font-medium" title={label ?? id}>
        {label ?? id}
      </span>
      {label ? (
        <span className="block truncate text-xs/5 text-muted" title={id}>
          {id}
        </span>
      ) : null}
    </>
  )
}
