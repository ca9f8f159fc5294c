import type { UserDevice } from 'latchkey/client'
import type { ReactNode } from 'react'
import { Panel } from '../charts/panel.tsx'
import { DeviceIcon } from '../device/device-icon.tsx'
import { activeSessionsText, kindName, shownName } from '../devices/device-words.ts'
import { TrustBadge } from '../devices/trust-badge.tsx'
import { allOf, condition } from '../links/filter-text.ts'
import { ReportLink } from '../links/report-link.tsx'
import { Moment } from '../moment/moment.tsx'
import { useUserDevices } from '../sessions/use-user-devices.ts'
import { PartState } from './part-state.tsx'

/** On what the user signs in. */
export function UserDevicesPanel({ userId }: { userId: string }): ReactNode {
  const { result } = useUserDevices(userId)
  const devices = result.data?.devices ?? []
  return (
    <Panel title="Devices" lead="Last signed in on first">
      <PartState what="devices" result={result} isEmpty={devices.length === 0} empty="None is on record." />
      <ul aria-label="Devices" className="divide-y divide-line empty:hidden">
        {devices.map((device) => (
          <Device key={device.id} device={device} userId={userId} />
        ))}
      </ul>
    </Panel>
  )
}

function Device({ device, userId }: { device: UserDevice; userId: string }): ReactNode {
  const info = device.device_info
  const filter = allOf(condition('user', userId), condition('device', device.id))
  return (
    <li className="flex items-start gap-3 py-2.5 text-[0.8125rem]">
      <DeviceIcon type={info.type} className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <ReportLink target={{ to: 'sessions', filter }} className="font-medium wrap-anywhere">
            {shownName(device, info)}
          </ReportLink>
          {device.name ? <span className="text-muted">{kindName(device, info)}</span> : null}
          <TrustBadge device={device} />
        </p>
        <p className="text-muted">
          {activeSessionsText(device.active_sessions)} · last sign-in <Moment at={device.last_seen} />
        </p>
      </div>
    </li>
  )
}
