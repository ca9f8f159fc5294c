import { Link } from '@tanstack/react-router'
import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Badge } from '../primitives/badge.tsx'
import type { SessionActions } from './session-menu.tsx'

interface SessionUserProps {
  session: ManagedSession
  standing: ReturnType<SessionActions['standingOf']>
}

/** The user's name, or the id where there is none; it leads to all that is known of them. */
export function SessionUser({ session, standing }: SessionUserProps): ReactNode {
  const { user_label: label, user_id: id } = session
  return (
    <>
      <Link
        to="/admin/users/$userId"
        params={{ userId: id }}
        className="block truncate font-medium underline-offset-4 hover:underline"
        title={label ?? id}
      >
        {label ?? id}
      </Link>
      {label ? (
        <span className="block truncate text-xs/5 text-muted" title={id}>
          {id}
        </span>
      ) : null}
      {standing === 'disabled' ? <Badge>Disabled</Badge> : null}
    </>
  )
}
