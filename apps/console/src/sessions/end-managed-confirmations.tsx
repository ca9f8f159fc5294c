import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { endSession, endSessionsOfUser } from '../api/administration.ts'
import { ApiError } from '../api/api-error.ts'
import { deviceName } from '../device/device-name.ts'
import { announce } from '../primitives/announcer.tsx'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { departing } from '../sign-in/intended-departure.ts'

export function endManagedSession(session: ManagedSession, changed: () => Promise<void>): Confirmation {
  const user = session.user_label ?? session.user_id
  return {
    title: 'End this session?',
    consequence: (
      <p>
        <Name>{user}</Name> is signed out of <Name>{deviceName(session.device_info)}</Name> at once and has to
        sign in again there.{session.is_current ? ' It is the session that you are using now.' : ''}
      </p>
    ),
    action: 'End session',
    busy: 'Ending…',
    confirm: async () => {
      const end = () => endSession(session.id).catch(unlessGone)
      await (session.is_current ? departing('logout', end) : end())
      await changed()
      announce(`Ended the session of ${user}.`)
    },
  }
}

export function endAllOfUser(
  session: ManagedSession,
  ownUserId: string,
  changed: () => Promise<void>,
): Confirmation {
  const user = session.user_label ?? session.user_id
  const own = session.user_id === ownUserId
  return {
    title: own ? 'End all your own sessions?' : 'End all sessions of this user?',
    consequence: (
      <p>
        <Name>{user}</Name> is signed out on every device at once and has to sign in again on each.
        {own ? ' That is you: this page closes, too.' : ''}
      </p>
    ),
    action: 'End all sessions',
    busy: 'Ending…',
    confirm: async () => {
      const end = () => endSessionsOfUser(session.user_id)
      const { revoked_count: count } = await (own ? departing('everywhere', end) : end())
      await changed()
      announce(`Ended ${count} ${count === 1 ? 'session' : 'sessions'} of ${user}.`)
    },
  }
}

/** A session that somebody else ended a moment ago is as it was wanted. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error
}

function Name({ children }: { children: string }): ReactNode {
  return <strong className="font-medium break-words text-ink">{children}</strong>
}
