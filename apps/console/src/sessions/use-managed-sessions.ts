import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ManagedSessionsResponse, TotalsResponse } from 'latchkey/client'
import { useCallback, useRef } from 'react'
import { fetchManagedSessions, fetchTotals } from '../api/administration.ts'
import { countSessions } from '../api/bulk-endings.ts'
import { type SessionFilters, toQuery } from './session-filters.ts'

/** How often an open page asks again, in milliseconds; only while it is seen. */
const refreshEvery = 15_000

export function useManagedSessions(filters: SessionFilters): UseQueryResult<ManagedSessionsResponse> {
  const asked = useRef<string | null>(null)
  const query = toQuery(filters).toString()
  return useQuery({
    queryKey: ['managed-sessions', query],
    queryFn: ({ signal }) => {
      const activity = asked.current === query ? 'background' : 'user'
      asked.current = query
      return fetchManagedSessions(new URLSearchParams(query), { activity, signal })
    },
    placeholderData: keepPreviousData,
    refetchInterval: (asked) => (asked.state.status === 'error' ? false : refreshEvery),
  })
}

/** How many sessions a filter has; not asked for null. */
export function useSessionCount(filter: string | null): UseQueryResult<{ count: number }> {
  return useQuery({
    queryKey: ['session-count', filter],
    queryFn: ({ signal }) => countSessions(filter ?? '', signal),
    enabled: filter !== null,
    refetchInterval: refreshEvery,
    retry: false,
  })
}

export function useTotals(): UseQueryResult<TotalsResponse> {
  return useQuery({ queryKey: ['totals'], queryFn: fetchTotals, refetchInterval: refreshEvery })
}

/** After an ending: the list and the totals are asked for anew. */
export function useSessionsChanged(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(async () => {
    void client.invalidateQueries({ queryKey: ['totals'] })
    void client.invalidateQueries({ queryKey: ['session-count'] })
    await client.invalidateQueries({ queryKey: ['managed-sessions'] })
  }, [client])
}
