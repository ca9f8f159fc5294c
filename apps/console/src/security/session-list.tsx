import type { UserSession } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import type { ReactNode } from 'react'
import { SessionColumnHeads } from './session-columns.tsx'
import { SessionRow } from './session-row.tsx'
import { useArrivals } from './use-arrivals.ts'

interface SessionListProps {
  live: LiveSessions
  onEnd: (session: UserSession) => void
}

export function SessionList({ live, onEnd }: SessionListProps): ReactNode {
  const arrivals = useArrivals(live)
  return (
    <>
      <SessionColumnHeads />
      <ul aria-labelledby="active-sessions" className="divide-y divide-line">
        {live.sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isNew={arrivals.has(session.id)}
            onEnd={() => onEnd(session)}
          />
        ))}
      </ul>
    </>
  )
}
