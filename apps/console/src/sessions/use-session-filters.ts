import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { changeFilters, parseSessionFilters, type SessionFilters } from './session-filters.ts'

/** The conditions, and what changes them. */
export interface FilterState {
  readonly filters: SessionFilters
  readonly change: (change: Record<string, string>) => void
  readonly clear: () => void
  /** To the page of that cursor, with the cursors of the pages before it. */
  readonly turn: (cursor: string, before: string[]) => Promise<void>
}

/** The filters, which live in the URL: a page that is reloaded or sent to a colleague shows the same. */
export function useSessionFilters(): FilterState {
  const filters = useSearch({ from: '/signed-in/admin/sessions', select: parseSessionFilters })
  const navigate = useNavigate()
  const change = useCallback(
    (next: Record<string, string>) => {
      void navigate({
        to: '/admin/sessions',
        search: (now) => changeFilters(now, next),
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  const clear = useCallback(() => {
    void navigate({ to: '/admin/sessions', search: {}, replace: true, resetScroll: false })
  }, [navigate])
  const turn = useCallback(
    (cursor: string, pages: string[]) =>
      navigate({ to: '/admin/sessions', search: (now) => ({ ...now, cursor }), state: { pages } }),
    [navigate],
  )
  return { filters, change, clear, turn }
}
