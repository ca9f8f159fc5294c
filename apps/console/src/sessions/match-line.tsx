import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { BulkEndingButton } from '../bulk-ending/bulk-ending-button.tsx'
import { hasBareWord } from '../filter-field/typed-words.ts'
import { counted, countText } from '../numbers/number-text.ts'
import { SavedFilters } from '../saved-filters/saved-filters.tsx'
import { exportPath, liveAmong } from './session-filters.ts'
import { useSessionCount } from './use-managed-sessions.ts'
import type { FilterState } from './use-session-filters.ts'

/** How many sessions the filter has, and what can be done with all of them. */
export function MatchLine({ filterState }: { filterState: FilterState }): ReactNode {
  const { filter, show } = filterState
  const isFiltered = filter !== ''
  const all = useSessionCount(isFiltered ? filter : null)
  const live = useSessionCount(isFiltered ? liveAmong(filter) : null)
  const liveCount = live.data?.count ?? 0
  const isVague = hasBareWord(filter)
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p role="status" className="min-w-0 text-muted tabular-nums">
        {isFiltered && all.data ? (
          <>
            <span className="font-medium text-ink">{counted(all.data.count, 'session')}</span>{' '}
            {all.data.count === 1 ? 'matches' : 'match'}
            {live.data && liveCount !== all.data.count ? `, ${countText(liveCount)} active` : ''}
          </>
        ) : null}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <SavedFilters filter={filter} show={show} />
        <ExportLinks filter={filter} />
        {isVague && liveCount > 0 ? (
          <p className="text-[0.8125rem] text-muted">
            To end them all, say whose they are: <code>user:…</code>
          </p>
        ) : null}
        <BulkEndingButton filter={filter} count={isFiltered && !isVague ? liveCount : 0} />
      </div>
    </div>
  )
}

const linkLook =
  'inline-flex h-8 items-center gap-1.5 rounded-lg border border-edge bg-surface px-3 text-[0.8125rem] font-medium shadow-raised hover:bg-sunken'

function ExportLinks({ filter }: { filter: string }): ReactNode {
  const whose = filter === '' ? 'all sessions' : 'the sessions that match'
  return (
    <>
      {(['csv', 'json'] as const).map((format) => (
        <a key={format} href={exportPath(filter, format)} download className={linkLook}>
          <Download aria-hidden className="size-3.5" />
          <span className="sr-only">Download {whose} as </span>
          {format.toUpperCase()}
        </a>
      ))}
    </>
  )
}
