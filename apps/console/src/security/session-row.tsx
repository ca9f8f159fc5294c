import type { UserSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { DeviceIcon } from '../device/device-icon.tsx'
import { browserVersion, deviceName, deviceTypeNames } from '../device/device-name.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import { Badge } from '../primitives/badge.tsx'
import { Button } from '../primitives/button.tsx'
import { sessionColumns } from './session-columns.tsx'
import { SessionFacts } from './session-facts.tsx'

interface SessionRowProps {
  session: UserSession
  /** It appeared while the page was open. */
  isNew: boolean
  onEnd: () => void
}

/** A row of columns on wide screens, a card on narrow ones. */
export function SessionRow({ session, isNew, onEnd }: SessionRowProps): ReactNode {
  const { device_info: device, is_current: isCurrent } = session
  const name = deviceName(device)
  const described = [name, device.location, session.ip_address, `started ${exactMoment(session.created_at)}`]
  return (
    <li
      data-row={session.id}
      className={`grid grid-cols-[2.25rem_minmax(0,1fr)_auto] items-start gap-x-3.5 px-4 py-4 sm:px-5 lg:items-center ${sessionColumns}`}
    >
      <span className="grid size-9 place-items-center rounded-lg bg-sunken text-muted">
        <DeviceIcon type={device.type} className="size-[1.125rem]" />
      </span>
      <div className="min-w-0">
        <Device session={session} isNew={isNew} />
        <Place session={session} />
      </div>
      <SessionFacts session={session} />
      <Button
        size="small"
        className="col-start-3 row-start-1 lg:col-start-6 lg:w-full"
        aria-label={
          isCurrent ? 'Sign out of this device' : `End session: ${described.filter(Boolean).join(', ')}`
        }
        onClick={onEnd}
      >
        {isCurrent ? 'Sign out' : 'End'}
      </Button>
    </li>
  )
}

function Device({ session, isNew }: Pick<SessionRowProps, 'session' | 'isNew'>): ReactNode {
  const device = session.device_info
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {device.type === 'unknown' ? null : <span className="sr-only">{deviceTypeNames[device.type]}:</span>}
      <span className="font-medium text-balance wrap-anywhere" title={browserVersion(device) ?? undefined}>
        {deviceName(device)}
      </span>
      {session.is_current ? <Badge look="accent">This device</Badge> : null}
      {isNew ? <Badge>New</Badge> : null}
    </p>
  )
}

function Place({ session }: { session: UserSession }): ReactNode {
  const { location } = session.device_info
  const address = session.ip_address
  return (
    <p className="text-[0.8125rem] wrap-anywhere text-muted">
      {location}
      {location && address ? ' · ' : null}
      {address ? <span className="inline-block max-w-full break-all">{address}</span> : null}
      {location || address ? null : 'Place unknown'}
    </p>
  )
}
