import { useLocation, useNavigate } from '@tanstack/react-router'
import type { ManagedSessionsResponse } from 'latchkey/client'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../primitives/button.tsx'
import type { SessionFilters } from './session-filters.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The cursors of the pages before this one; the first page's is empty. */
    pages?: string[]
  }
}

interface PagerProps {
  filters: SessionFilters
  /** Undefined until there is one. */
  result: ManagedSessionsResponse | undefined
  onTurn: () => void
}

/** Turns pages by cursor. A page that was opened from a link knows the next ones, and the way to the first. */
export function Pager({ filters, result, onTurn }: PagerProps): ReactNode {
  const navigate = useNavigate()
  const pages = useLocation({ select: (location) => location.state.pages ?? [] })

  function turn(cursor: string, before: string[]): void {
    const { cursor: _, ...conditions } = filters
    const search = cursor === '' ? conditions : { ...conditions, cursor }
    void navigate({ to: '/admin/sessions', search, state: { pages: before } }).then(onTurn)
  }

  const nextCursor = result?.next_cursor ?? null
  if (filters.cursor === undefined && nextCursor === null) return null
  const number = filters.cursor === undefined ? 1 : pages.length + 1
  return (
    <nav aria-label="Pages" className="mt-4 flex items-center justify-between gap-4">
      <p className="text-muted tabular-nums">
        {number > 1 || filters.cursor === undefined ? `Page ${number} · ` : ''}
        {result?.sessions.length ?? 0} sessions
      </p>
      <div className="flex gap-2">
        <Button
          disabled={filters.cursor === undefined}
          onClick={() => turn(pages.at(-1) ?? '', pages.slice(0, -1))}
        >
          <ChevronLeft aria-hidden className="-ml-1 size-4" />
          {pages.length > 0 || filters.cursor === undefined ? 'Previous' : 'First page'}
        </Button>
        <Button
          disabled={nextCursor === null}
          onClick={() => turn(nextCursor ?? '', [...pages, filters.cursor ?? ''])}
        >
          Next
          <ChevronRight aria-hidden className="-mr-1 size-4" />
        </Button>
      </div>
    </nav>
  )
}
