import type { LiveSessions } from 'latchkey/react'
import { MonitorOff, RefreshCw } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { Button } from '../primitives/button.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { Notice } from '../primitives/notice.tsx'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'

export function NoSessions(): ReactNode {
  return (
    <EmptyState icon={MonitorOff} title="No active sessions">
      Nobody is signed in to this account.
    </EmptyState>
  )
}

interface FailedProps {
  live: LiveSessions
  /** Takes the focus when trying again has worked. */
  heading: RefObject<HTMLElement | null>
}

/** Nothing is known, because the first attempt failed. */
export function UnavailableSessions({ live, heading }: FailedProps): ReactNode {
  return (
    <div role="alert" ref={useFocusHeir(heading)}>
      <EmptyState
        icon={RefreshCw}
        title="Your sessions could not be loaded"
        action={<Button onClick={() => void live.refresh()}>Try again</Button>}
      >
        {live.error?.message}
      </EmptyState>
    </div>
  )
}

/** Above a list that is still shown, though a later attempt failed. */
export function OutdatedSessions({ live, heading }: FailedProps): ReactNode {
  const retry = (
    <button
      type="button"
      className="shrink-0 font-medium underline underline-offset-4"
      onClick={() => void live.refresh()}
    >
      Try again
    </button>
  )
  return (
    <div className="mb-4" ref={useFocusHeir(heading)}>
      <Notice look="danger" role="status" action={retry}>
        The list could not be brought up to date. It shows what was known before.
      </Notice>
    </div>
  )
}
