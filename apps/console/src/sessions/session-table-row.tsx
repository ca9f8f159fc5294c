import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { SessionDevice } from './session-device.tsx'
import { type SessionActions, SessionMenu } from './session-menu.tsx'
import { SessionPlace } from './session-place.tsx'
import { SessionState } from './session-state.tsx'
import { SessionTimes } from './session-times.tsx'
import { SessionUser } from './session-user.tsx'

interface SessionTableRowProps {
  session: ManagedSession
  actions: SessionActions
}

const cell = 'px-3 py-3 align-top first:pl-5'

export function SessionTableRow({ session, actions }: SessionTableRowProps): ReactNode {
  return (
    <tr data-row={session.id} className="transition-colors hover:bg-canvas">
      <td className={cell}>
        <SessionUser session={session} standing={actions.standingOf(session)} />
      </td>
      <td className={cell}>
        <SessionDevice session={session} />
      </td>
      <td className={cell}>
        <SessionPlace session={session} />
      </td>
      <td className={cell}>
        <SessionTimes session={session} />
      </td>
      <td className={cell}>
        <SessionState session={session} />
      </td>
      <td className="py-2 pr-3 text-right align-top">
        <SessionMenu session={session} actions={actions} />
      </td>
    </tr>
  )
}
