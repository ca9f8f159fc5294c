import type { UserDevice, UserSession } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { shownName } from '../devices/device-words.ts'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { exactMoment } from '../moment/exact-moment.ts'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { departing } from '../sign-in/intended-departure.ts'
import { namesInWords } from './names-in-words.ts'

export function endOne(session: UserSession, device: UserDevice | null, live: LiveSessions): Confirmation {
  const name = shownName(device, session.device_info)
  const place = session.device_info.location ?? session.ip_address
  if (session.is_current) {
    return {
      title: 'Sign out of this device?',
      consequence: (
        <p>Your session in this browser ends, and you go to the sign-in page. Your other sessions go on.</p>
      ),
      action: 'Sign out',
      busy: 'Signing out…',
      confirm: async () => {
        await departing('logout', () => live.revokeSession(session.id))
      },
    }
  }
  return {
    title: 'End this session?',
    consequence: (
      <p>
        <strong className="font-medium text-ink">{name}</strong>
        {place ? ` (${place})` : null}, signed in on {exactMoment(session.created_at)}, is signed out at once.
        Whoever uses it has to sign in again.
      </p>
    ),
    action: 'End session',
    busy: 'Ending…',
    confirm: async () => {
      await live.revokeSession(session.id)
    },
  }
}

export function endOthers(
  others: readonly UserSession[],
  find: KnownDevices['find'],
  live: LiveSessions,
): Confirmation {
  // The list leaves out some where there are very many; the call ends those, too.
  const count = Math.max(others.length, live.totalCount - 1)
  const nameOf = (session: UserSession) => shownName(find(session.device_id), session.device_info)
  return {
    title: count === 1 ? 'End the other session?' : `End ${count} other sessions?`,
    consequence: (
      <>
        <p>
          <strong className="font-medium text-ink">{namesInWords(others.map(nameOf), count)}</strong>{' '}
          {count === 1 ? 'is' : 'are'} signed out at once.
        </p>
        <p>You stay signed in on this device.</p>
      </>
    ),
    action: count === 1 ? 'End 1 session' : `End ${count} sessions`,
    busy: 'Ending…',
    confirm: async () => {
      await live.revokeOtherSessions()
    },
  }
}

export function endEverywhere(live: LiveSessions): Confirmation {
  return {
    title: 'Sign out everywhere?',
    consequence: (
      <p>
        Your {live.totalCount} sessions end at once, the one on this device too. You go to the sign-in page
        and have to sign in again on every device.
      </p>
    ),
    action: 'Sign out everywhere',
    busy: 'Signing out…',
    confirm: async () => {
      await departing('everywhere', () => live.revokeAllSessions())
    },
  }
}
