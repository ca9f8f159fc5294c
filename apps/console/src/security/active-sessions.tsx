import type { LiveSessions } from 'latchkey/react'
import { type ReactNode, useMemo, useRef } from 'react'
import { DeviceDialogs } from '../devices/device-dialogs.tsx'
import { useDeviceActions } from '../devices/use-device-actions.ts'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { ConfirmDialog } from '../primitives/confirm-dialog.tsx'
import { useConfirmation } from '../primitives/use-confirmation.ts'
import { useRowFocus } from '../primitives/use-row-focus.ts'
import { ActiveSessionsHead } from './active-sessions-head.tsx'
import { endOne } from './end-confirmations.tsx'
import { NoSessions, OutdatedSessions, UnavailableSessions } from './list-states.tsx'
import { SessionList } from './session-list.tsx'
import { SessionRowsSkeleton } from './session-rows-skeleton.tsx'

interface ActiveSessionsProps {
  live: LiveSessions
  devices: KnownDevices
}

/** The user's live sessions, and the ways to end them. */
export function ActiveSessions({ live, devices }: ActiveSessionsProps): ReactNode {
  const { state, sessions, totalCount } = live
  const heading = useRef<HTMLHeadingElement>(null)
  const ids = useMemo(() => sessions.map((session) => session.id), [sessions])
  const { listRef, restore } = useRowFocus(ids, heading)
  const { ask, dialog } = useConfirmation(restore)
  const { actions, dialogs } = useDeviceActions(devices, live, restore)
  const isKnown = sessions.length > 0

  return (
    <section aria-labelledby="active-sessions">
      <ActiveSessionsHead live={live} devices={devices} heading={heading} ask={ask} />
      {state === 'error' && isKnown ? <OutdatedSessions live={live} heading={heading} /> : null}
      <div
        ref={listRef}
        className="rounded-xl border border-line bg-surface shadow-raised"
        aria-busy={state === 'loading'}
      >
        {state === 'loading' ? <SessionRowsSkeleton /> : null}
        {state === 'error' && !isKnown ? <UnavailableSessions live={live} heading={heading} /> : null}
        {state === 'ready' && !isKnown ? <NoSessions /> : null}
        {isKnown ? (
          <SessionList
            live={live}
            devices={devices}
            deviceActions={actions}
            onEnd={(session) => ask(endOne(session, devices.find(session.device_id), live))}
          />
        ) : null}
      </div>
      {isKnown && totalCount > sessions.length ? (
        <p className="mt-3 text-muted">
          The {sessions.length} most recently used of {totalCount} are shown.
        </p>
      ) : null}
      <ConfirmDialog {...dialog} />
      <DeviceDialogs {...dialogs} />
    </section>
  )
}
