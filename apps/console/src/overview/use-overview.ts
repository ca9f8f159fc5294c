import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { OverviewResponse } from 'latchkey/client'
import { fetchOverview } from '../api/reports.ts'

const queryKey = ['overview']

/** What a change makes old on this page. */
export const overviewKeys = [queryKey] as const

export function useOverview(): UseQueryResult<OverviewResponse> {
  return useQuery({ queryKey, queryFn: ({ signal }) => fetchOverview(signal), refetchInterval: 60_000 })
}
