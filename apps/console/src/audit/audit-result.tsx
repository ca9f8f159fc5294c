import { RefreshCw, SearchX } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { Pager } from '../filters/pager.tsx'
import { Outdated } from '../live/outdated.tsx'
import { Button } from '../primitives/button.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'
import { isAuditFiltered } from './audit-filters.ts'
import { AuditTable } from './audit-table.tsx'
import { type AuditFilterState, useAudit } from './use-audit.ts'

interface AuditResultProps {
  filterState: AuditFilterState
  /** Takes the focus where what had it goes away. */
  top: RefObject<HTMLHeadingElement | null>
}

export function AuditResult({ filterState, top }: AuditResultProps): ReactNode {
  const { filters, turn } = filterState
  const result = useAudit(filters)
  const entries = result.data?.entries ?? []
  const shown = `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`
  return (
    <>
      <div
        aria-busy={result.isPlaceholderData}
        className="busy-line mt-4 overflow-hidden rounded-xl border border-line bg-surface shadow-raised"
      >
        {result.isPending ? <Loading /> : null}
        {result.isLoadingError ? (
          <Unavailable message={result.error.message} retry={() => void result.refetch()} top={top} />
        ) : null}
        {result.data && entries.length === 0 ? <Nothing filterState={filterState} top={top} /> : null}
        {entries.length > 0 ? <AuditTable entries={entries} filter={filterState.change} /> : null}
      </div>
      <div className="mt-4 empty:hidden">
        <Outdated what="The log" results={[result]} />
      </div>
      <p role="status" className="sr-only">
        {result.data && !result.isPlaceholderData ? `${shown} shown` : ''}
      </p>
      <Pager
        cursor={filters.cursor}
        nextCursor={result.data?.next_cursor ?? null}
        shown={shown}
        turn={(cursor, before) => void turn(cursor, before).then(() => top.current?.focus())}
      />
    </>
  )
}

function Nothing({ filterState, top }: AuditResultProps): ReactNode {
  const own = useFocusHeir(top)
  if (!isAuditFiltered(filterState.filters))
    return <EmptyState icon={SearchX} title="Nothing is logged yet" />
  return (
    <div ref={own}>
      <EmptyState
        icon={SearchX}
        title="No entry matches"
        action={<Button onClick={filterState.clear}>Show all entries</Button>}
      >
        A user is found by the whole ID, and who did something as the log has it: user:…, admin:…, service:…,
        command-line or system.
      </EmptyState>
    </div>
  )
}

interface UnavailableProps extends Pick<AuditResultProps, 'top'> {
  message: string
  retry: () => void
}

function Unavailable({ message, retry, top }: UnavailableProps): ReactNode {
  return (
    <div role="alert" ref={useFocusHeir(top)}>
      <EmptyState
        icon={RefreshCw}
        title="The audit log could not be loaded"
        action={<Button onClick={retry}>Try again</Button>}
      >
        {message}
      </EmptyState>
    </div>
  )
}

function Loading(): ReactNode {
  return (
    <div className="divide-y divide-line">
      <span role="status" className="sr-only">
        Loading the audit log…
      </span>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="flex items-center gap-6 px-5 py-4">
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className="h-3.5 w-64 max-w-full" />
          <Skeleton className="ml-auto h-3.5 w-24 max-lg:hidden" />
        </div>
      ))}
    </div>
  )
}
