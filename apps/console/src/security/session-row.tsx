import type { UserDevice, UserSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { DeviceIcon } from '../device/device-icon.tsx'
import { DeviceMenu } from '../devices/device-menu.tsx'
import type { DeviceActions } from '../devices/use-device-actions.ts'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { Button } from '../primitives/button.tsx'
import { sessionColumns } from './session-columns.tsx'
import { SessionDevice, SessionOrigin } from './session-device.tsx'
import { SessionFacts } from './session-facts.tsx'

interface SessionRowProps {
  session: UserSession
  /** What tells it from every other one, for those who hear it. */
  described: string
  devices: KnownDevices
  deviceActions: DeviceActions
  /** It appeared while the page was open. */
  isNew: boolean
  onEnd: () => void
}

/** A row of columns on wide screens, a card on narrow ones. */
export function SessionRow(props: SessionRowProps): ReactNode {
  const { session, devices, isNew } = props
  const device = devices.find(session.device_id)
  return (
    <li
      data-row={session.id}
      className={`grid grid-cols-[2.25rem_minmax(0,1fr)_auto] items-start gap-x-3.5 px-4 py-4 sm:px-5 xl:items-center ${sessionColumns}`}
    >
      <span className="grid size-9 place-items-center rounded-lg bg-sunken text-muted xl:col-start-1 xl:row-span-2 xl:row-start-1">
        <DeviceIcon type={session.device_info.type} className="size-[1.125rem]" />
      </span>
      <SessionDevice session={session} device={device} isNew={isNew} />
      <SessionOrigin session={session} devices={devices} />
      <SessionFacts session={session} />
      <RowActions {...props} device={device} />
    </li>
  )
}

interface RowActionsProps extends Pick<SessionRowProps, 'session' | 'described' | 'deviceActions' | 'onEnd'> {
  device: UserDevice | null
}

function RowActions({ session, described, device, deviceActions, onEnd }: RowActionsProps): ReactNode {
  const isCurrent = session.is_current
  return (
    <div className="col-start-3 row-start-1 flex items-center gap-1 xl:col-start-6 xl:row-span-2">
      <Button
        size="small"
        className="xl:flex-1"
        aria-label={isCurrent ? 'Sign out of this device' : `End session: ${described}`}
        onClick={onEnd}
      >
        {isCurrent ? 'Sign out' : 'End'}
      </Button>
      {device ? (
        <DeviceMenu
          device={device}
          label={`Actions for the device of the session: ${described}`}
          actions={deviceActions}
          sessions="have-their-own-button"
          className="max-xl:-mr-1.5"
        />
      ) : (
        <span className="hidden size-8 xl:block" />
      )}
    </div>
  )
}
