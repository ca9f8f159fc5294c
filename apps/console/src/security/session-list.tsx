import type { UserSession } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import type { ReactNode } from 'react'
import { fullName } from '../devices/device-words.ts'
import type { DeviceActions } from '../devices/use-device-actions.ts'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import { distinctNames } from '../primitives/distinct-names.ts'
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
  const described = distinctNames(live.sessions.map((session) => describedSession(session, devices)))
  return (
    <>
      <SessionColumnHeads />
      <ul aria-labelledby="active-sessions" className="divide-y divide-line">
        {live.sessions.map((session, index) => (
          <SessionRow
            key={session.id}
            session={session}
            described={described[index] ?? ''}
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

function describedSession(session: UserSession, devices: KnownDevices): string {
  const info = session.device_info
  const name = fullName(devices.find(session.device_id), info)
  const started = `started ${exactMoment(session.created_at)}`
  return [name, info.location, session.ip_address, started].filter(Boolean).join(', ')
}
