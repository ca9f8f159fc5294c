import { deviceName, type ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { endSession, endSessionsOfUser } from '../api/administration.ts'
import { ApiError } from '../api/api-error.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import { announce } from '../primitives/announcer.tsx'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { departing } from '../sign-in/intended-departure.ts'

export function endManagedSession(session: ManagedSession, changed: () => Promise<void>): Confirmation {
  const user = session.user_label ?? session.user_id
  const place = session.device_info.location ?? session.ip_address
  return {
    title: 'End this session?',
    consequence: (
      <p>
        The session of <Name>{user}</Name> on <Name>{deviceName(session.device_info)}</Name>
        {place ? ` (${place})` : null}, started {exactMoment(session.created_at)}, ends at once. To go on
        there, the user has to sign in again.
        {session.is_current ? ' It is the session that you are using now: this page closes, too.' : null}
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
  session: Pick<ManagedSession, 'user_id' | 'user_label'>,
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
  return (
    <strong dir="auto" className="font-medium break-words text-ink">
      {children}
    </strong>
  )
}
