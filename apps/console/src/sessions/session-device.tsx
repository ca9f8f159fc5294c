import { deviceName, type ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { DeviceIcon } from '../device/device-icon.tsx'
import { deviceTypeNames } from '../device/device-type-names.ts'
import { deviceVersions } from '../device/device-versions.ts'
import { Badge } from '../primitives/badge.tsx'

export function SessionDevice({ session }: { session: ManagedSession }): ReactNode {
  const device = session.device_info
  return (
    <span className="flex items-start gap-2.5">
      <DeviceIcon type={device.type} className="mt-0.5 size-4 shrink-0 text-muted" />
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="sr-only">{deviceTypeNames[device.type]}: </span>
        <span className="text-balance" title={deviceVersions(device) ?? undefined}>
          {deviceName(device)}
        </span>
        {session.is_current ? <Badge look="accent">This device</Badge> : null}
      </span>
    </span>
  )
}
