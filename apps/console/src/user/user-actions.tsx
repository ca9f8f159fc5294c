import type { UserOverviewResponse } from 'latchkey/client'
import type { ReactNode } from 'react'
import { cutOffUser, disable, enable } from '../cut-offs/cut-off-confirmations.tsx'
import { useMe } from '../layout/use-me.ts'
import { Button } from '../primitives/button.tsx'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { endAllOfUser } from '../sessions/end-managed-confirmations.tsx'

interface UserActionsProps {
  user: UserOverviewResponse
  ask: (confirmation: Confirmation) => void
  changed: () => Promise<void>
}

/** What can be done with all of a user's sessions. Nobody cuts themselves off or disables themselves. */
export function UserActions({ user, ask, changed }: UserActionsProps): ReactNode {
  const me = useMe()
  const { user_id: id, disabled } = user
  const name = user.user_label ?? id
  const own = me.user.id === id
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="small"
        look="dangerous"
        disabled={user.active_sessions === 0}
        onClick={() => ask(endAllOfUser(user, me.user.id, changed))}
      >
        End all sessions…
      </Button>
      {own || disabled ? null : (
        <Button size="small" look="dangerous" onClick={() => ask(cutOffUser(id, name, changed))}>
          Cut off until now…
        </Button>
      )}
      {own ? null : disabled ? (
        <Button size="small" onClick={() => ask(enable(id, name, changed))}>
          Enable user…
        </Button>
      ) : (
        <Button size="small" look="dangerous" onClick={() => ask(disable(id, name, changed))}>
          Disable user…
        </Button>
      )}
    </div>
  )
}
