import type { UserDevice, UserSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { deviceTypeNames } from '../device/device-type-names.ts'
import { deviceVersions } from '../device/device-versions.ts'
import { DeviceHints } from '../devices/device-hints.tsx'
import { kindName, shownName } from '../devices/device-words.ts'
import { TrustBadge } from '../devices/trust-badge.tsx'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { Badge } from '../primitives/badge.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'

interface SessionDeviceProps {
  session: UserSession
  /** Null: none is known. */
  device: UserDevice | null
  /** It appeared while the page was open. */
  isNew: boolean
}

/** What its user knows the device by. */
export function SessionDevice({ session, device, isNew }: SessionDeviceProps): ReactNode {
  const info = session.device_info
  return (
    <p className="col-start-2 row-start-1 flex min-h-8 min-w-0 flex-wrap items-center gap-x-2 gap-y-1 max-xl:pb-0.5 xl:min-h-0 xl:self-end">
      {info.type === 'unknown' ? null : <span className="sr-only">{deviceTypeNames[info.type]}:</span>}
      <span
        dir="auto"
        className="font-medium text-balance wrap-anywhere"
        title={deviceVersions(info) ?? undefined}
      >
        {shownName(device, info)}
      </span>
      {session.is_current ? <Badge look="accent">This device</Badge> : null}
      {session.is_pending ? <Badge>Waits for a second factor</Badge> : null}
      {isNew ? <Badge>New</Badge> : null}
      <TrustBadge device={device} />
    </p>
  )
}

interface SessionOriginProps {
  session: UserSession
  devices: KnownDevices
}

/** What it is, where, and what else is known of it; the room for that is kept while it is being asked for. */
export function SessionOrigin({ session, devices }: SessionOriginProps): ReactNode {
  const { device_info: info, device_id: id } = session
  const device = devices.find(id)
  return (
    <div className="col-start-2 col-end-4 row-start-2 min-w-0 text-[0.8125rem] text-muted xl:col-end-3 xl:self-start">
      {device?.name ? <p className="wrap-anywhere text-ink">{kindName(device, info)}</p> : null}
      <Place session={session} />
      {device ? <DeviceHints device={device} location={info.location} find={devices.find} /> : null}
      {devices.state === 'loading' && id !== null ? <Skeleton className="my-1 h-3 w-56 max-w-full" /> : null}
    </div>
  )
}

function Place({ session }: { session: UserSession }): ReactNode {
  const { location } = session.device_info
  const address = session.ip_address
  return (
    <p className="wrap-anywhere">
      {location}
      {location && address ? ' · ' : null}
      {address ? <span className="inline-block max-w-full break-all">{address}</span> : null}
      {location || address ? null : 'Place unknown'}
    </p>
  )
}
