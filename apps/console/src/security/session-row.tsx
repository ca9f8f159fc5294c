import type { UserSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { DeviceIcon } from '../device/device-icon.tsx'
import { browserVersion, deviceName } from '../device/device-name.ts'
import { Moment } from '../moment/moment.tsx'
import { Badge } from '../primitives/badge.tsx'
import { Button } from '../primitives/button.tsx'
import { sessionColumns } from './session-columns.tsx'
import { SessionExpiry } from './session-expiry.tsx'

interface SessionRowProps {
  session: UserSession
  /** It appeared while the page was open. */
  isNew: boolean
  onEnd: () => void
}

export function SessionRow({ session, isNew, onEnd }: SessionRowProps): ReactNode {
  const { device_info: device, is_current: isCurrent } = session
  const name = deviceName(device)
  const place = [device.location, session.ip_address].filter((part) => part !== null)
  const end = isCurrent ? 'Sign out' : 'End'
  return (
    <li
      data-row={session.id}
      className={`grid grid-cols-[2.25rem_minmax(0,1fr)_auto] items-start gap-x-3.5 px-4 py-4 sm:px-5 lg:items-center ${sessionColumns}`}
    >
      <span className="grid size-9 place-items-center rounded-lg bg-sunken text-muted">
        <DeviceIcon type={device.type} className="size-[1.125rem]" />
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium wrap-anywhere" title={browserVersion(device) ?? undefined}>
            {name}
          </span>
          {isCurrent ? <Badge look="accent">This device</Badge> : null}
          {isNew ? <Badge>New</Badge> : null}
        </p>
        <p className="text-[0.8125rem] wrap-anywhere text-muted">
          {device.location ? <span>{device.location}</span> : null}
          {device.location && session.ip_address ? ' · ' : null}
          {session.ip_address ? (
            <span className="inline-block max-w-full break-all">{session.ip_address}</span>
          ) : null}
          {place.length === 0 ? 'Place unknown' : null}
        </p>
      </div>
      <dl className="col-span-full row-start-2 mt-3.5 grid grid-cols-[1fr_1fr_1.3fr] gap-x-2 text-[0.8125rem] lg:contents">
        <Fact name="Last active">
          <Moment at={session.last_accessed ?? session.created_at} label="Last active" />
        </Fact>
        <Fact name="Started">
          <Moment at={session.created_at} label="Started" />
        </Fact>
        <Fact name="Expires">
          <SessionExpiry session={session} />
        </Fact>
      </dl>
      <Button
        size="small"
        className="col-start-3 row-start-1 lg:col-start-6 lg:w-full"
        aria-label={isCurrent ? 'Sign out of this device' : `End session: ${name}, ${place.join(', ')}`}
        onClick={onEnd}
      >
        {end}
      </Button>
    </li>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="min-w-0 self-start lg:self-center">
      <dt className="text-xs text-muted lg:sr-only">{name}</dt>
      <dd className="tabular-nums first-letter:uppercase">{children}</dd>
    </div>
  )
}
