import type { UserDevice } from 'latchkey/client'
import type { ReactNode } from 'react'
import { DeviceIcon } from '../device/device-icon.tsx'
import { deviceTypeNames } from '../device/device-type-names.ts'
import { deviceVersions } from '../device/device-versions.ts'
import { calendarDay, exactMoment } from '../moment/exact-moment.ts'
import { Moment } from '../moment/moment.tsx'
import { Badge } from '../primitives/badge.tsx'
import { Tip } from '../primitives/tip.tsx'
import { deviceColumns } from './device-columns.ts'
import { DeviceMenu } from './device-menu.tsx'
import { activeSessionsText, kindName, placesText, shownName } from './device-words.ts'
import { Resemblance } from './resemblance.tsx'
import { TrustBadge } from './trust-badge.tsx'
import type { DeviceActions } from './use-device-actions.ts'

interface DeviceRowProps {
  device: UserDevice
  /** What tells it from every other one, for those who hear it. */
  described: string
  find: (deviceId: string) => UserDevice | null
  actions: DeviceActions
}

/** A row of columns on wide screens, a card on narrow ones. */
export function DeviceRow({ device, described, find, actions }: DeviceRowProps): ReactNode {
  const info = device.device_info
  return (
    <li
      data-row={device.id}
      className={`grid grid-cols-[2.25rem_minmax(0,1fr)_auto] items-start gap-x-3.5 px-4 py-4 sm:px-5 xl:items-center ${deviceColumns}`}
    >
      <span className="grid size-9 place-items-center rounded-lg bg-sunken text-muted">
        <DeviceIcon type={info.type} className="size-[1.125rem]" />
      </span>
      <Identity device={device} find={find} />
      <Facts device={device} />
      <DeviceMenu
        device={device}
        label={`Actions for the device ${described}`}
        actions={actions}
        sessions="can-be-ended"
        className="col-start-3 row-start-1 max-xl:-mr-1.5 xl:col-start-6 xl:justify-self-end"
      />
    </li>
  )
}

function Identity({ device, find }: Pick<DeviceRowProps, 'device' | 'find'>): ReactNode {
  const info = device.device_info
  const places = placesText(device)
  return (
    <div className="min-w-0">
      <p className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 max-xl:pb-0.5 xl:min-h-0">
        {info.type === 'unknown' ? null : <span className="sr-only">{deviceTypeNames[info.type]}:</span>}
        <span
          dir="auto"
          className="font-medium text-balance wrap-anywhere"
          title={deviceVersions(info) ?? undefined}
        >
          {shownName(device, info)}
        </span>
        {device.is_current ? <Badge look="accent">This device</Badge> : null}
        <TrustBadge device={device} />
      </p>
      <div className="text-[0.8125rem] text-pretty wrap-anywhere text-muted">
        {device.name ? <p className="text-ink">{kindName(device, info)}</p> : null}
        {places ? <p>{places}</p> : null}
        <Resemblance device={device} find={find} className="block" />
      </div>
    </div>
  )
}

function Facts({ device }: { device: UserDevice }): ReactNode {
  return (
    <dl className="col-span-full row-start-2 mt-3.5 grid grid-cols-[1.1fr_1.1fr_1.2fr] gap-x-2 text-[0.8125rem] xl:contents">
      <Fact name="Last sign-in">
        <Moment at={device.last_seen} label="Last sign-in" />
      </Fact>
      <Fact name="First seen">
        <Tip text={`First seen ${exactMoment(device.first_seen)}`}>
          <time dateTime={device.first_seen}>{calendarDay(device.first_seen)}</time>
        </Tip>
      </Fact>
      <Fact name="Sessions">{activeSessionsText(device.active_sessions)}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="min-w-0 self-start xl:self-center">
      <dt className="text-xs text-muted xl:sr-only">{name}</dt>
      <dd className="tabular-nums first-letter:uppercase">{children}</dd>
    </div>
  )
}
