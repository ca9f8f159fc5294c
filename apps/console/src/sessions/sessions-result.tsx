import type { ManagedSession } from 'latchkey/client'
import { RefreshCw, SearchX } from 'lucide-react'
import { type ReactNode, type RefObject, useMemo, useState } from 'react'
import { useMe } from '../layout/use-me.ts'
import { Button } from '../primitives/button.tsx'
import { type Confirmation, ConfirmDialog } from '../primitives/confirm-dialog.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { Notice } from '../primitives/notice.tsx'
import { useMediaQuery } from '../primitives/use-media-query.ts'
import { useRowFocus } from '../primitives/use-row-focus.ts'
import { endAllOfUser, endManagedSession } from './end-managed-confirmations.tsx'
import { Pager } from './pager.tsx'
import { SessionCards } from './session-cards.tsx'
import { isFiltered, type SessionFilters } from './session-filters.ts'
import type { SessionActions } from './session-menu.tsx'
import { SessionsSkeleton } from './sessions-skeleton.tsx'
import { SessionsTable } from './sessions-table.tsx'
import { useManagedSessions, useSessionsChanged } from './use-managed-sessions.ts'

interface SessionsResultProps {
  filters: SessionFilters
  change: (change: Record<string, string>) => void
  clear: () => void
  /** Takes the focus where no row can. */
  top: RefObject<HTMLHeadingElement | null>
}

const none: readonly ManagedSession[] = []

export function SessionsResult({ filters, change, clear, top }: SessionsResultProps): ReactNode {
  const result = useManagedSessions(filters)
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null)
  const wide = useMediaQuery('(min-width: 64rem)')
  const changed = useSessionsChanged()
  const { user } = useMe()
  const sessions = result.data?.sessions ?? none
  const ids = useMemo(() => sessions.map((session) => session.id), [sessions])
  const { listRef, restore } = useRowFocus(ids, top)
  const actions: SessionActions = {
    endOne: (session) => setConfirmation(endManagedSession(session, changed)),
    endAllOfUser: (session) => setConfirmation(endAllOfUser(session, user.id, changed)),
    filter: change,
  }
  const List = wide ? SessionsTable : SessionCards

  return (
    <>
      <div
        ref={listRef}
        aria-busy={result.isFetching && result.isPlaceholderData}
        className={`mt-4 overflow-hidden rounded-xl border border-line bg-surface shadow-raised transition-opacity ${result.isPlaceholderData ? 'opacity-60' : ''}`}
      >
        {result.isPending ? <SessionsSkeleton /> : null}
        {result.isError && !result.data ? (
          <Unavailable message={result.error.message} onRetry={() => void result.refetch()} />
        ) : null}
        {result.data && sessions.length === 0 ? <Nothing filters={filters} clear={clear} /> : null}
        {sessions.length > 0 ? <List sessions={sessions} actions={actions} /> : null}
      </div>
      {result.isError && result.data ? (
        <div className="mt-4">
          <Notice look="danger" role="status">
            The list could not be brought up to date. {result.error.message}
          </Notice>
        </div>
      ) : null}
      <p role="status" className="sr-only">
        {result.isPending || result.isPlaceholderData ? '' : `${sessions.length} sessions shown`}
      </p>
      <Pager
        filters={filters}
        count={sessions.length}
        nextCursor={result.data?.next_cursor ?? null}
        onTurn={() => top.current?.focus()}
      />
      <ConfirmDialog
        confirmation={confirmation}
        onClose={() => setConfirmation(null)}
        onReturnFocus={restore}
      />
    </>
  )
}

function Nothing({ filters, clear }: { filters: SessionFilters; clear: () => void }): ReactNode {
  const filtered = isFiltered(filters)
  return (
    <EmptyState
      icon={SearchX}
      title={filtered ? 'No session matches' : 'No sessions here'}
      action={filtered ? <Button onClick={clear}>Clear filters</Button> : null}
    >
      {filtered
        ? 'Search finds any part of an email address, and the beginning of a user ID, a session ID or an IP address.'
        : null}
    </EmptyState>
  )
}

function Unavailable({ message, onRetry }: { message: string; onRetry: () => void }): ReactNode {
  return (
    <div role="alert">
      <EmptyState
        icon={RefreshCw}
        title="The sessions could not be loaded"
        action={<Button onClick={onRetry}>Try again</Button>}
      >
        {message}
      </EmptyState>
    </div>
  )
}
