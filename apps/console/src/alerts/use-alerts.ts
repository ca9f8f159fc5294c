import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { AlertOnWire, AlertsResponse } from 'latchkey/client'
import { useCallback, useRef } from 'react'
import { fetchAlert, fetchAlerts } from '../api/alerts.ts'
import { type AlertSearch, changeAlertSearch, parseAlertSearch, toAlertQuery } from './alert-search.ts'

/** How often it is asked besides what live updates bring, in milliseconds. */
const refreshEvery = 30_000

export interface AlertSearchState {
  readonly search: AlertSearch
  readonly change: (change: Record<string, string>) => void
  /** Looks at that one; null: at none. `go` leaves a way back, `stay` takes the place of the one before. */
  readonly open: (id: string | null, how: 'go' | 'stay') => void
  readonly turn: (cursor: string, before: string[]) => Promise<void>
}

/** What is shown, which lives in the URL: a link to an alert can be sent to a colleague. */
export function useAlertSearch(): AlertSearchState {
  const search = useSearch({ from: '/signed-in/admin/alerts', select: parseAlertSearch })
  const navigate = useNavigate()
  const show = useCallback(
    (next: (now: AlertSearch) => AlertSearch, how: 'go' | 'stay') =>
      void navigate({
        to: '/admin/alerts',
        search: (now) => next(parseAlertSearch(now)),
        replace: how === 'stay',
        resetScroll: false,
      }),
    [navigate],
  )
  const change = useCallback(
    (next: Record<string, string>) => show((now) => changeAlertSearch(now, next), 'stay'),
    [show],
  )
  const open = useCallback(
    (id: string | null, how: 'go' | 'stay') =>
      show((now) => parseAlertSearch({ ...now, alert: id ?? '' }), how),
    [show],
  )
  const turn = useCallback(
    (cursor: string, pages: string[]) =>
      navigate({
        to: '/admin/alerts',
        search: (now) => parseAlertSearch({ ...now, cursor, alert: '' }),
        state: { pages },
      }),
    [navigate],
  )
  return { search, change, open, turn }
}

export function useAlerts(search: AlertSearch): UseQueryResult<AlertsResponse> {
  const asked = useRef<string | null>(null)
  const query = toAlertQuery(search).toString()
  return useQuery({
    queryKey: ['alerts', query],
    queryFn: ({ signal }) => {
      const activity = asked.current === query ? 'background' : 'user'
      asked.current = query
      return fetchAlerts(new URLSearchParams(query), { activity, signal })
    },
    placeholderData: keepPreviousData,
    refetchInterval: refreshEvery,
  })
}

/** One alert, whichever list it is in; `known` shows until it is answered. */
export function useAlert(id: string, known: AlertOnWire | undefined): UseQueryResult<AlertOnWire> {
  return useQuery({
    queryKey: ['alert', id],
    queryFn: ({ signal }) => fetchAlert(id, signal),
    ...(known ? { placeholderData: known } : {}),
    refetchInterval: refreshEvery,
  })
}

/** After a change: the lists and the alert itself are asked for anew. */
export function useAlertsChanged(): (alert?: AlertOnWire) => Promise<void> {
  const client = useQueryClient()
  return useCallback(
    async (alert) => {
      if (alert) client.setQueryData(['alert', alert.id], alert)
      else void client.invalidateQueries({ queryKey: ['alert'] })
      void client.invalidateQueries({ queryKey: ['overview'] })
      await client.invalidateQueries({ queryKey: ['alerts'] })
    },
    [client],
  )
}
