import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface UserLinkProps {
  userId: string
  children: ReactNode
}

/** A user's name, which leads to all that is known of them. */
export function UserLink({ userId, children }: UserLinkProps): ReactNode {
  return (
    <Link
      to="/admin/users/$userId"
      params={{ userId }}
      className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current"
    >
      {children}
    </Link>
  )
}
