import type { LiveSessions } from 'latchkey/react'
import { MonitorOff, RefreshCw } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { Button } from '../primitives/button.tsx'
import { type Confirmation, ConfirmDialog } from '../primitives/confirm-dialog.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { Notice } from '../primitives/notice.tsx'
import { useRowFocus } from '../primitives/use-row-focus.ts'
import { endEverywhere, endOne, endOthers } from './end-confirmations.tsx'
import { LiveState } from './live-state.tsx'
import { SessionColumnHeads } from './session-columns.tsx'
import { SessionRow } from './session-row.tsx'
import { SessionRowsSkeleton } from './session-rows-skeleton.tsx'
import { useArrivals } from './use-arrivals.ts'

/** The user's live sessions, and the ways to end them. */
export function ActiveSessions({ live }: { live: LiveSessions }): ReactNode {
  const { state, sessions, totalCount } = live
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const ids = useMemo(() => sessions.map((session) => session.id), [sessions])
  const { listRef, restore } = useRowFocus(ids, heading)
  const arrivals = useArrivals(live)
  const others = sessions.filter((session) => !session.is_current)
  const opener = useRef<HTMLElement | null>(null)

  function ask(next: Confirmation): void {
    opener.current = document.activeElement as HTMLElement | null
    setConfirmation(next)
  }

  function returnFocus(): void {
    if (opener.current?.isConnected) opener.current.focus()
    else restore()
  }

  return (
    <section aria-labelledby="active-sessions">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div>
          <h2
            ref={heading}
            id="active-sessions"
            tabIndex={-1}
            className="flex items-baseline gap-2 text-base font-semibold"
          >
            Active sessions
            {state === 'ready' || sessions.length > 0 ? <Count of={totalCount} /> : null}
          </h2>
          <LiveState live={live} />
        </div>
        <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
          {others.length > 0 ? (
            <Button onClick={() => ask(endOthers(others, live))}>End all others</Button>
          ) : null}
          {sessions.length > 0 ? (
            <Button look="dangerous" onClick={() => ask(endEverywhere(sessions, live))}>
              End everywhere
            </Button>
          ) : null}
        </div>
      </div>
      {state === 'error' && sessions.length > 0 ? <Outdated onRetry={live.refresh} /> : null}
      <div
        ref={listRef}
        className="rounded-xl border border-line bg-surface shadow-raised"
        aria-busy={state === 'loading'}
      >
        {state === 'loading' ? <SessionRowsSkeleton /> : null}
        {state === 'error' && sessions.length === 0 ? <Unavailable live={live} /> : null}
        {state === 'ready' && sessions.length === 0 ? (
          <EmptyState icon={MonitorOff} title="No active sessions">
            Nobody is signed in to this account.
          </EmptyState>
        ) : null}
        {sessions.length > 0 ? <SessionColumnHeads /> : null}
        {sessions.length > 0 ? (
          <ul aria-labelledby="active-sessions" className="divide-y divide-line">
            {sessions.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                isNew={arrivals.has(session.id)}
                onEnd={() => ask(endOne(session, live))}
              />
            ))}
          </ul>
        ) : null}
      </div>
      {totalCount > sessions.length && sessions.length > 0 ? (
        <p className="mt-3 text-muted">
          The {sessions.length} most recently used of {totalCount} are shown.
        </p>
      ) : null}
      <ConfirmDialog
        confirmation={confirmation}
        onClose={() => setConfirmation(null)}
        onReturnFocus={returnFocus}
      />
    </section>
  )
}

function Count({ of }: { of: number }): ReactNode {
  return (
    <span aria-live="polite" aria-atomic className="font-normal text-muted tabular-nums">
      {of}
      <span className="sr-only"> active {of === 1 ? 'session' : 'sessions'}</span>
    </span>
  )
}

function Outdated({ onRetry }: { onRetry: () => Promise<void> }): ReactNode {
  return (
    <div className="mb-4">
      <Notice
        look="danger"
        role="status"
        action={
          <button
            type="button"
            className="shrink-0 font-medium underline underline-offset-4"
            onClick={() => void onRetry()}
          >
            Try again
          </button>
        }
      >
        The list could not be brought up to date. It shows what was known before.
      </Notice>
    </div>
  )
}

function Unavailable({ live }: { live: LiveSessions }): ReactNode {
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
