import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DetectorsResponse, MutesResponse } from 'latchkey/client'
import { useCallback } from 'react'
import { fetchMutes } from '../api/alerts.ts'
import { fetchDetectors } from '../api/detectors.ts'

/** The detectors, how they are set, and what they found of late. */
export function useDetectors(): UseQueryResult<DetectorsResponse> {
  return useQuery({ queryKey: ['detectors'], queryFn: fetchDetectors, staleTime: 60_000 })
}

export function useDetectorsChanged(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: ['detectors'] }), [client])
}

export function useMutes(): UseQueryResult<MutesResponse> {
  return useQuery({ queryKey: ['mutes'], queryFn: fetchMutes })
}

export function useMutesChanged(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: ['mutes'] }), [client])
}
