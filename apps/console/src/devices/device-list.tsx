import type { UserDevice } from 'latchkey/client'
import { type ReactNode, useState } from 'react'
import { Button } from '../primitives/button.tsx'
import { distinctNames } from '../primitives/distinct-names.ts'
import { deviceColumns } from './device-columns.ts'
import { DeviceRow } from './device-row.tsx'
import { describedDevice } from './device-words.ts'
import type { DeviceActions } from './use-device-actions.ts'

interface DeviceListProps {
  devices: readonly UserDevice[]
  /** How many there are, which may be more than are listed. */
  total: number
  find: (deviceId: string) => UserDevice | null
  actions: DeviceActions
}

/** How many are shown before they are asked for: more than most people have. */
const shownAtFirst = 10

export function DeviceList({ devices, total, find, actions }: DeviceListProps): ReactNode {
  const [shown, setShown] = useState<'first' | 'all'>('first')
  const rows = shown === 'all' ? devices : devices.slice(0, shownAtFirst)
  const described = distinctNames(devices.map(describedDevice))
  return (
    <>
      <ColumnHeads />
      <ul aria-labelledby="your-devices" className="divide-y divide-line">
        {rows.map((device, index) => (
          <DeviceRow
            key={device.id}
            device={device}
            described={described[index] ?? ''}
            find={find}
            actions={actions}
          />
        ))}
      </ul>
      <Rest hidden={devices.length - rows.length} unlisted={total - devices.length}>
        <Button size="small" onClick={() => setShown('all')}>
          Show all {devices.length} devices
        </Button>
      </Rest>
      {rows.some((device) => device.resembles !== null) ? <AboutResemblance /> : null}
    </>
  )
}

function ColumnHeads(): ReactNode {
  return (
    <div
      aria-hidden
      className={`hidden border-b border-line px-5 py-2.5 text-xs font-medium text-muted xl:grid ${deviceColumns}`}
    >
      <span className="col-span-2">Device</span>
      <span>Last sign-in</span>
      <span>First seen</span>
      <span>Sessions</span>
    </div>
  )
}

interface RestProps {
  /** How many rows are listed and not shown. */
  hidden: number
  /** How many there are besides. */
  unlisted: number
  /** What shows the hidden ones. */
  children: ReactNode
}

function Rest({ hidden, unlisted, children }: RestProps): ReactNode {
  if (hidden > 0) return <div className="border-t border-line px-5 py-3">{children}</div>
  if (unlisted <= 0) return null
  return (
    <p className="border-t border-line px-5 py-3 text-[0.8125rem] text-muted">
      {unlisted} more, not seen for a long time, are not shown.
    </p>
  )
}

function AboutResemblance(): ReactNode {
  return (
    <p className="border-t border-line px-4 py-3 text-[0.8125rem] text-pretty text-muted sm:px-5">
      “Resembles” means that two browsers look alike, as one does after its cookies were cleared. It is a hint
      and proves nothing.
    </p>
  )
}
