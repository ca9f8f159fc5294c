import { SessionServiceError, type UserDevice } from 'latchkey/client'
import type { LiveDevices, LiveSessions } from 'latchkey/react'
import type { ReactNode } from 'react'
import { announce } from '../primitives/announcer.tsx'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { departing } from '../sign-in/intended-departure.ts'
import { shownName } from './device-words.ts'

/** Its sessions end, and what is known of it goes. */
export function forget(device: UserDevice, devices: LiveDevices, live: LiveSessions): Confirmation {
  const name = shownName(device, device.device_info)
  return {
    title: 'Forget this device?',
    consequence: (
      <>
        <p>
          <Name>{name}</Name> is taken off your list, with its name, its trust and its history.
          {device.active_sessions > 0 ? ` ${endingText(device.active_sessions)}` : ''}
        </p>
        <p>The next sign-in there counts as one on a new device.</p>
        {device.is_current ? <p>It is the device that you are using: you go to the sign-in page.</p> : null}
      </>
    ),
    action: 'Forget device',
    busy: 'Forgetting…',
    confirm: async () => {
      await ending(device, live, () => devices.forgetDevice(device.id).catch(unlessGone))
      announce(`${name} is forgotten.`)
    },
  }
}

export function endSessionsThere(device: UserDevice, devices: LiveDevices, live: LiveSessions): Confirmation {
  const name = shownName(device, device.device_info)
  const count = device.active_sessions
  return {
    title: count === 1 ? 'End the session on this device?' : `End ${count} sessions on this device?`,
    consequence: (
      <>
        <p>
          <Name>{name}</Name> is signed out at once. Whoever uses it has to sign in again.
        </p>
        <p>It stays on your list.</p>
        {device.is_current ? <p>It is the device that you are using: you go to the sign-in page.</p> : null}
      </>
    ),
    action: count === 1 ? 'End session' : `End ${count} sessions`,
    busy: 'Ending…',
    confirm: async () => {
      await ending(device, live, () => devices.endDeviceSessions(device.id).catch(unlessGone))
      announce(`${name} is signed out.`)
    },
  }
}

async function ending(device: UserDevice, live: LiveSessions, end: () => Promise<unknown>): Promise<void> {
  await (device.is_current ? departing('logout', end) : end())
  // The stream tells the list of sessions, too, but there may be none at the moment.
  await live.refresh()
}

/** One that was forgotten a moment ago, in another tab say, is as it was wanted. */
function unlessGone(error: unknown): void {
  if (!(error instanceof SessionServiceError && error.status === 404)) throw error
}

function endingText(count: number): string {
  return count === 1 ? 'Its session ends at once.' : `Its ${count} sessions end at once.`
}

function Name({ children }: { children: string }): ReactNode {
  return (
    <strong dir="auto" className="font-medium text-ink">
      {children}
    </strong>
  )
}
