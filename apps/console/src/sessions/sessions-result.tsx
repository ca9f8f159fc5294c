import type { ManagedSession } from 'latchkey/client'
import { type ReactNode, type RefObject, useMemo } from 'react'
import { Pager } from '../filters/pager.tsx'
import { Outdated } from '../live/outdated.tsx'
import { ConfirmDialog } from '../primitives/confirm-dialog.tsx'
import { useMediaQuery } from '../primitives/use-media-query.ts'
import { useRowFocus } from '../primitives/use-row-focus.ts'
import { NoResult, UnavailableResult } from './result-states.tsx'
import { SessionCards } from './session-cards.tsx'
import { SessionsSkeleton } from './sessions-skeleton.tsx'
import { SessionsTable } from './sessions-table.tsx'
import { useManagedSessions } from './use-managed-sessions.ts'
import { useSessionActions } from './use-session-actions.ts'
import type { FilterState } from './use-session-filters.ts'
import { UserDevicesDialog } from './user-devices-dialog.tsx'

interface SessionsResultProps {
  filterState: FilterState
  /** Takes the focus where no row can. */
  top: RefObject<HTMLHeadingElement | null>
}

const none: readonly ManagedSession[] = []

export function SessionsResult({ filterState, top }: SessionsResultProps): ReactNode {
  const { filters, filter, show, turn } = filterState
  const result = useManagedSessions(filters)
  const sessions = result.data?.sessions ?? none
  const ids = useMemo(() => sessions.map((session) => session.id), [sessions])
  const { listRef, restore } = useRowFocus(ids, top)
  const { actions, dialog, devices } = useSessionActions(filterState, restore)
  const List = useMediaQuery('(min-width: 64rem)') ? SessionsTable : SessionCards

  return (
    <>
      <div
        ref={listRef}
        aria-busy={result.isPlaceholderData}
        className="busy-line mt-3 overflow-hidden rounded-xl border border-line bg-surface shadow-raised"
      >
        {result.isPending ? <SessionsSkeleton /> : null}
        {result.isLoadingError ? <UnavailableResult result={result} top={top} /> : null}
        {result.data && sessions.length === 0 ? (
          <NoResult filter={filter} clear={() => show('')} top={top} />
        ) : null}
        {sessions.length > 0 ? <List sessions={sessions} actions={actions} /> : null}
      </div>
      <div className="mt-4 empty:hidden">
        <Outdated what="The list" results={[result]} />
      </div>
      <p role="status" className="sr-only">
        {result.data && !result.isPlaceholderData ? `${sessions.length} sessions shown` : ''}
      </p>
      <Pager
        cursor={filters.cursor}
        nextCursor={result.data?.next_cursor ?? null}
        shown={`${sessions.length} sessions`}
        turn={(cursor, before) => void turn(cursor, before).then(() => top.current?.focus())}
      />
      <ConfirmDialog {...dialog} />
      <UserDevicesDialog {...devices} />
    </>
  )
}
