import type { LiveSessions } from 'latchkey/react'
import { type ReactNode, useMemo, useRef } from 'react'
import { useRowFocus } from '../primitives/use-row-focus.ts'
import { RecognitionNotice } from '../recognition/recognition-notice.tsx'
import { DeviceDialogs } from './device-dialogs.tsx'
import { DeviceList } from './device-list.tsx'
import { DeviceRowsSkeleton } from './device-rows-skeleton.tsx'
import { NoDevices, OutdatedDevices, UnavailableDevices } from './device-states.tsx'
import { useDeviceActions } from './use-device-actions.ts'
import type { KnownDevices } from './use-known-devices.ts'

interface YourDevicesProps {
  live: LiveSessions
  known: KnownDevices
}

/** Every device on record, those on which nobody is signed in included. */
export function YourDevices({ live, known }: YourDevicesProps): ReactNode {
  const { state, devices, find } = known
  const isKnown = devices.length > 0
  const heading = useRef<HTMLHeadingElement>(null)
  const ids = useMemo(() => devices.map((device) => device.id), [devices])
  const { listRef, restore } = useRowFocus(ids, heading)
  const { actions, dialogs } = useDeviceActions(known, live, restore)

  return (
    <section aria-labelledby="your-devices">
      <h2 ref={heading} id="your-devices" tabIndex={-1} className="text-base font-semibold">
        Your devices
      </h2>
      <p className="mt-0.5 mb-4 text-[0.8125rem] text-pretty text-muted">
        Each browser that you have signed in with. Name those that you know; forget those that you no longer
        use.
      </p>
      <RecognitionNotice heading={heading} />
      {state === 'error' && isKnown ? <OutdatedDevices known={known} heading={heading} /> : null}
      <div
        ref={listRef}
        aria-busy={state === 'loading'}
        className="rounded-xl border border-line bg-surface shadow-raised"
      >
        {state === 'loading' ? <DeviceRowsSkeleton /> : null}
        {state === 'error' && !isKnown ? <UnavailableDevices known={known} heading={heading} /> : null}
        {state === 'ready' && !isKnown ? <NoDevices /> : null}
        {isKnown ? (
          <DeviceList devices={devices} total={known.totalCount} find={find} actions={actions} />
        ) : null}
      </div>
      <DeviceDialogs {...dialogs} />
    </section>
  )
}
