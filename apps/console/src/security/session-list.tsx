import type { UserSession } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import type { ReactNode } from 'react'
import type { DeviceActions } from '../devices/use-device-actions.ts'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { SessionColumnHeads } from './session-columns.tsx'
import { SessionRow } from './session-row.tsx'
import { useArrivals } from './use-arrivals.ts'

interface SessionListProps {
  live: LiveSessions
  devices: KnownDevices
  deviceActions: DeviceActions
  onEnd: (session: UserSession) => void
}

export function SessionList({ live, devices, deviceActions, onEnd }: SessionListProps): ReactNode {
  const arrivals = useArrivals(live, devices)
  return (
    <>
      <SessionColumnHeads />
      <ul aria-labelledby="active-sessions" className="divide-y divide-line">
        {live.sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            devices={devices}
            deviceActions={deviceActions}
            isNew={arrivals.has(session.id)}
            onEnd={() => onEnd(session)}
          />
        ))}
      </ul>
    </>
  )
}
