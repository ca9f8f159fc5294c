import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { SessionDevice } from './session-device.tsx'
import { type SessionActions, SessionMenu } from './session-menu.tsx'
import { SessionPlace } from './session-place.tsx'
import { SessionState } from './session-state.tsx'
import { SessionTimes } from './session-times.tsx'
import { SessionUser } from './session-user.tsx'

interface SessionCardsProps {
  sessions: readonly ManagedSession[]
  actions: SessionActions
}

/** For screens too narrow for a table. */
export function SessionCards({ sessions, actions }: SessionCardsProps): ReactNode {
  return (
    <ul aria-label="Sessions" className="divide-y divide-line">
      {sessions.map((session) => (
        <li key={session.id} data-row={session.id} className="px-4 py-3.5">
          <div className="flex items-start justify-between gap-2">
            <div className="min-w-0 flex-1">
              <SessionUser session={session} standing={actions.standingOf(session)} />
            </div>
            <SessionMenu session={session} actions={actions} />
          </div>
          <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3 text-[0.8125rem] sm:grid-cols-4">
            <Fact name="Device">
              <SessionDevice session={session} />
            </Fact>
            <Fact name="State">
              <SessionState session={session} />
            </Fact>
            <Fact name="Place">
              <SessionPlace session={session} />
            </Fact>
            <Fact name="Last active">
              <SessionTimes session={session} />
            </Fact>
          </dl>
        </li>
      ))}
    </ul>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
