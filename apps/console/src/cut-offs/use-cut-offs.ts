import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CutOffsResponse } from 'latchkey/client'
import { useCallback, useMemo } from 'react'
import { fetchCutOffs } from '../api/administration.ts'

const queryKey = ['cut-offs']

/** The cut-offs on record, newest first. */
export function useCutOffs(): UseQueryResult<CutOffsResponse> {
  return useQuery({ queryKey, queryFn: fetchCutOffs })
}

/** The ids of the users who are disabled; empty until it is known. */
export function useDisabledUsers(): ReadonlySet<string> {
  const { data } = useCutOffs()
  return useMemo(() => {
    const forEver = (data?.cut_offs ?? []).filter((cutOff) => cutOff.not_before === null)
    return new Set(forEver.map((cutOff) => cutOff.user_id ?? ''))
  }, [data])
}

/** After one was set or lifted. */
export function useCutOffsChanged(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey }), [client])
}
