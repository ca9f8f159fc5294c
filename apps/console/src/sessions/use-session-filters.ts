import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { withCondition } from '../filter-field/typed-words.ts'
import { condition } from '../links/filter-text.ts'
import { parseSessionFilters, type SessionFilters } from './session-filters.ts'

/** The filter, and what changes it. */
export interface FilterState {
  readonly filters: SessionFilters
  /** The filter of `filters`; empty for none. */
  readonly filter: string
  /** Shows the sessions of that filter, from the first page. */
  readonly show: (filter: string) => void
  /** What the filter says of a key becomes that value; the empty text takes it away. */
  readonly narrow: (key: string, value: string) => void
  /** To the page of that cursor, with the cursors of the pages before it. */
  readonly turn: (cursor: string, before: string[]) => Promise<void>
}

/** The filter, which lives in the URL: a page that is reloaded or sent to a colleague shows the same. */
export function useSessionFilters(): FilterState {
  const filters = useSearch({ from: '/signed-in/admin/sessions', select: parseSessionFilters })
  const navigate = useNavigate()
  const filter = filters.filter ?? ''
  const show = useCallback(
    (next: string) => {
      void navigate({
        to: '/admin/sessions',
        search: parseSessionFilters({ filter: next }),
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  const narrow = useCallback(
    (key: string, value: string) =>
      show(withCondition(filter, key, value === '' ? '' : condition(key, value))),
    [filter, show],
  )
  const turn = useCallback(
    (cursor: string, pages: string[]) =>
      navigate({ to: '/admin/sessions', search: (now) => ({ ...now, cursor }), state: { pages } }),
    [navigate],
  )
  return { filters, filter, show, narrow, turn }
}
