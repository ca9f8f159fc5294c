import type { UserDevice } from 'latchkey/client'
import type { LiveDevices, LiveSessions } from 'latchkey/react'
import { type ComponentProps, useState } from 'react'
import { calendarDay } from '../moment/exact-moment.ts'
import { announce } from '../primitives/announcer.tsx'
import { useConfirmation } from '../primitives/use-confirmation.ts'
import { failureText } from '../reauthentication/failure-text.ts'
import { endSessionsThere, forget } from './device-confirmations.tsx'
import type { DeviceDialogs } from './device-dialogs.tsx'
import { shownName } from './device-words.ts'

/** What can be done with a device. */
export interface DeviceActions {
  readonly rename: (device: UserDevice) => void
  readonly trust: (device: UserDevice, days: number) => void
  readonly stopTrusting: (device: UserDevice) => void
  readonly endSessions: (device: UserDevice) => void
  readonly forget: (device: UserDevice) => void
}

interface DeviceWork {
  readonly actions: DeviceActions
  /** For the one `DeviceDialogs` of the place. */
  readonly dialogs: ComponentProps<typeof DeviceDialogs>
}

const day = 24 * 60 * 60

/** The actions, and the dialogs and the failure they lead to. `restore` puts the focus back where a dialog was asked for. */
export function useDeviceActions(devices: LiveDevices, live: LiveSessions, restore: () => void): DeviceWork {
  const { ask, dialog } = useConfirmation(restore)
  const [renaming, setRenaming] = useState<UserDevice | null>(null)
  const [failure, setFailure] = useState<string | null>(null)

  async function change(device: UserDevice, make: () => Promise<UserDevice>): Promise<void> {
    const name = shownName(device, device.device_info)
    setFailure(null)
    try {
      announce(trustText(await make()))
    } catch (error) {
      setFailure(`${name} could not be changed. ${failureText(error)}`)
    }
  }

  async function rename(device: UserDevice, name: string | null): Promise<void> {
    const renamed = await devices.renameDevice(device.id, name)
    announce(`The device is shown as ${shownName(renamed, renamed.device_info)}.`)
  }

  return {
    actions: {
      rename: setRenaming,
      trust: (device, days) => void change(device, () => devices.trustDevice(device.id, days * day)),
      stopTrusting: (device) => void change(device, () => devices.untrustDevice(device.id)),
      endSessions: (device) => ask(endSessionsThere(device, devices, live)),
      forget: (device) => ask(forget(device, devices, live)),
    },
    dialogs: {
      confirmation: dialog,
      renaming: { device: renaming, rename, onClose: () => setRenaming(null), onReturnFocus: restore },
      failure,
    },
  }
}

function trustText(device: UserDevice): string {
  const name = shownName(device, device.device_info)
  const until = device.trusted_until
  return until ? `${name} is trusted until ${calendarDay(until)}.` : `${name} is not trusted any more.`
}
