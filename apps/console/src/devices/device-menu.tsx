import type { UserDevice } from 'latchkey/client'
import type { ReactNode } from 'react'
import { ActionMenu, MenuRule } from '../primitives/action-menu.tsx'
import { MenuItem } from '../primitives/menu-item.tsx'
import type { DeviceActions } from './use-device-actions.ts'

interface DeviceMenuProps {
  device: UserDevice
  /** Which device it is, so that no two menus of a page have the same name. */
  label: string
  actions: DeviceActions
  /** Where there is another way to end sessions beside it, it is not said twice. */
  sessions: 'can-be-ended' | 'have-their-own-button'
  className?: string
}

/** For how long a device can be trusted, in days. */
const trustLengths = [30, 90]

/** What can be done with one device. */
export function DeviceMenu({ device, label, actions, sessions, className = '' }: DeviceMenuProps): ReactNode {
  return (
    <ActionMenu label={label} className={className}>
      <MenuItem onSelect={() => actions.rename(device)}>Rename device…</MenuItem>
      <Trusting device={device} actions={actions} />
      <MenuRule />
      {sessions === 'can-be-ended' && device.active_sessions > 0 ? (
        <MenuItem look="danger" onSelect={() => actions.endSessions(device)}>
          {device.active_sessions === 1 ? 'End its session…' : 'End its sessions…'}
        </MenuItem>
      ) : null}
      <MenuItem look="danger" onSelect={() => actions.forget(device)}>
        Forget device…
      </MenuItem>
    </ActionMenu>
  )
}

function Trusting({ device, actions }: Pick<DeviceMenuProps, 'device' | 'actions'>): ReactNode {
  if (device.trusted_until !== null) {
    return <MenuItem onSelect={() => actions.stopTrusting(device)}>Stop trusting</MenuItem>
  }
  return trustLengths.map((days) => (
    <MenuItem key={days} onSelect={() => actions.trust(device, days)}>
      Trust for {days} days
    </MenuItem>
  ))
}
