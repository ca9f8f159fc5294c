import type { LiveSessions } from 'latchkey/react'
import { MonitorOff, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../primitives/button.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { Notice } from '../primitives/notice.tsx'

export function NoSessions(): ReactNode {
  return (
    <EmptyState icon={MonitorOff} title="No active sessions">
      Nobody is signed in to this account.
    </EmptyState>
  )
}

/** Nothing is known, because the first attempt failed. */
export function UnavailableSessions({ live }: { live: LiveSessions }): ReactNode {
  return (
    <div role="alert">
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
export function OutdatedSessions({ onRetry }: { onRetry: () => Promise<void> }): ReactNode {
  const retry = (
    <button
      type="button"
      className="shrink-0 font-medium underline underline-offset-4"
      onClick={() => void onRetry()}
    >
      Try again
    </button>
  )
  return (
    <div className="mb-4">
      <Notice look="danger" role="status" action={retry}>
        The list could not be brought up to date. It shows what was known before.
      </Notice>
    </div>
  )
}
