import type { LiveSessions } from 'latchkey/react'
import type { ReactNode, RefObject } from 'react'
import type { KnownDevices } from '../devices/use-known-devices.ts'
import { Button } from '../primitives/button.tsx'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { endEverywhere, endOthers } from './end-confirmations.tsx'
import { LiveState } from './live-state.tsx'

interface ActiveSessionsHeadProps {
  live: LiveSessions
  devices: KnownDevices
  heading: RefObject<HTMLHeadingElement | null>
  ask: (confirmation: Confirmation) => void
}

/** How many there are, how current that is, and what ends many of them at once. */
export function ActiveSessionsHead({ live, devices, heading, ask }: ActiveSessionsHeadProps): ReactNode {
  const { state, sessions, totalCount } = live
  const others = sessions.filter((session) => !session.is_current)
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div>
        <h2 ref={heading} id="active-sessions" tabIndex={-1} className="text-base font-semibold">
          Active sessions {state === 'ready' || sessions.length > 0 ? <Count of={totalCount} /> : null}
        </h2>
        <LiveState live={live} />
      </div>
      <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:flex-1">
        {others.length > 0 ? (
          <Button onClick={() => ask(endOthers(others, devices.find, live))}>End all others</Button>
        ) : null}
        {totalCount > 1 ? (
          <Button look="dangerous" onClick={() => ask(endEverywhere(live))}>
            Sign out everywhere
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function Count({ of }: { of: number }): ReactNode {
  return (
    <span className="ml-1 font-normal text-muted tabular-nums">
      {of}
      <span className="sr-only"> {of === 1 ? 'session' : 'sessions'}</span>
    </span>
  )
}
