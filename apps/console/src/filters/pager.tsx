import { useLocation } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../primitives/button.tsx'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The cursors of the pages before this one; the first page's is empty. */
    pages?: string[]
  }
}

interface PagerProps {
  /** Of this page; undefined on the first one. */
  cursor: string | undefined
  /** Null on the last page, and until it is known. */
  nextCursor: string | null
  /** `50 sessions`. */
  shown: string
  /** Goes to the page of that cursor, which is empty for the first one, with the cursors before it. */
  turn: (cursor: string, before: string[]) => void
}

/** Turns pages by cursor. A page that was opened from a link knows the next ones, and the way to the first. */
export function Pager({ cursor, nextCursor, shown, turn }: PagerProps): ReactNode {
  const pages = useLocation({ select: (location) => location.state.pages ?? [] })
  if (cursor === undefined && nextCursor === null) return null
  const number = cursor === undefined ? 1 : pages.length + 1
  return (
    <nav aria-label="Pages" className="mt-4 flex items-center justify-between gap-4">
      <p className="text-muted tabular-nums">
        {number > 1 || cursor === undefined ? `Page ${number} · ` : ''}
        {shown}
      </p>
      <div className="flex gap-2">
        <Button disabled={cursor === undefined} onClick={() => turn(pages.at(-1) ?? '', pages.slice(0, -1))}>
          <ChevronLeft aria-hidden className="-ml-1 size-4" />
          {pages.length > 0 || cursor === undefined ? 'Previous' : 'First page'}
        </Button>
        <Button
          disabled={nextCursor === null}
          onClick={() => turn(nextCursor ?? '', [...pages, cursor ?? ''])}
        >
          Next
          <ChevronRight aria-hidden className="-mr-1 size-4" />
        </Button>
      </div>
    </nav>
  )
}
