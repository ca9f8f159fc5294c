import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { AnalyticsResponse } from 'latchkey/client'
import { fetchAnalytics } from '../api/reports.ts'
import { type AnalyticsSearch, parseAnalyticsSearch } from './analytics-search.ts'

export interface AnalyticsState {
  readonly search: AnalyticsSearch
  /** An empty text takes a condition away. */
  readonly change: (change: Record<string, string>) => void
}

/** What is asked, which lives in the URL. */
export function useAnalyticsSearch(): AnalyticsState {
  const search = useSearch({ from: '/signed-in/admin/analytics', select: parseAnalyticsSearch })
  const navigate = useNavigate()
  return {
    search,
    change: (next) =>
      void navigate({
        to: '/admin/analytics',
        search: parseAnalyticsSearch({ ...search, ...next }),
        replace: true,
        resetScroll: false,
      }),
  }
}

export function useAnalytics(query: string): UseQueryResult<AnalyticsResponse> {
  return useQuery({
    queryKey: ['analytics-report', query],
    queryFn: ({ signal }) => fetchAnalytics(new URLSearchParams(query), signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
}
