import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BulkEndingOnWire, BulkEndingsResponse } from 'latchkey/client'
import { useCallback } from 'react'
import { fetchBulkEnding, fetchBulkEndings } from '../api/bulk-endings.ts'

/** How often a job that runs is looked at, and how often the list is while none does, in milliseconds. */
const whileRunning = 1_000
const otherwise = 15_000

const listKey = ['bulk-endings']
const jobKey = (id: string): string[] => ['bulk-ending', id]

/** The jobs on record, the newest first. */
export function useBulkEndings(): UseQueryResult<BulkEndingsResponse> {
  return useQuery({
    queryKey: listKey,
    queryFn: fetchBulkEndings,
    refetchInterval: ({ state }) =>
      state.data?.bulk_endings.some(isRunning) === true ? whileRunning : otherwise,
  })
}

/** One job, as it goes on. */
export function useBulkEnding(id: string): UseQueryResult<BulkEndingOnWire> {
  return useQuery({
    queryKey: jobKey(id),
    queryFn: () => fetchBulkEnding(id),
    refetchInterval: ({ state }) =>
      state.data === undefined || isRunning(state.data) ? whileRunning : false,
  })
}

/** After one was started or cancelled: what is known of it now, and what it touches is asked for anew. */
export function useBulkEndingChanged(): (job: BulkEndingOnWire) => Promise<void> {
  const client = useQueryClient()
  return useCallback(
    async (job) => {
      client.setQueryData(jobKey(job.id), job)
      for (const key of ['managed-sessions', 'session-count', 'totals'])
        void client.invalidateQueries({ queryKey: [key] })
      await client.invalidateQueries({ queryKey: listKey })
    },
    [client],
  )
}

export function isRunning({ state }: Pick<BulkEndingOnWire, 'state'>): boolean {
  return state === 'running'
}
