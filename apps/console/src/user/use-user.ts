import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  AlertsResponse,
  AuditEntriesResponse,
  ManagedSessionsResponse,
  UserOverviewResponse,
} from 'latchkey/client'
import { useCallback, useMemo } from 'react'
import { fetchAudit, fetchManagedSessions } from '../api/administration.ts'
import { fetchAlerts } from '../api/alerts.ts'
import { fetchUserOverview } from '../api/reports.ts'

/** As many as a page of the API holds; the explorer has the rest. */
const newest = 50
const lately = 12

interface OfUser {
  readonly overview: UseQueryResult<UserOverviewResponse>
  readonly sessions: UseQueryResult<ManagedSessionsResponse>
  readonly alerts: UseQueryResult<AlertsResponse>
  readonly audit: UseQueryResult<AuditEntriesResponse>
}

/** All that the page shows of one user. */
export function useUser(userId: string): OfUser {
  const of = new URLSearchParams({ user_id: userId })
  const query = (limit: number): URLSearchParams => new URLSearchParams([...of, ['limit', String(limit)]])
  const background = { activity: 'background' } as const
  return {
    overview: useQuery({
      queryKey: ['user', userId, 'overview'],
      queryFn: ({ signal }) => fetchUserOverview(userId, signal),
    }),
    sessions: useQuery({
      queryKey: ['user', userId, 'sessions'],
      queryFn: ({ signal }) => fetchManagedSessions(query(newest), { ...background, signal }),
    }),
    alerts: useQuery({
      queryKey: ['user', userId, 'alerts'],
      queryFn: ({ signal }) => fetchAlerts(query(lately), { ...background, signal }),
    }),
    audit: useQuery({
      queryKey: ['user', userId, 'audit'],
      queryFn: ({ signal }) => fetchAudit(query(lately), signal),
    }),
  }
}

/** What changes make old on the page of this user. */
export function useUserKeys(userId: string): readonly (readonly string[])[] {
  return useMemo(
    () => [
      ['user', userId],
      ['user-devices', userId],
    ],
    [userId],
  )
}

/** After something was done with the user. */
export function useUserChanged(userId: string): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['user', userId] }),
      client.invalidateQueries({ queryKey: ['user-devices', userId] }),
      client.invalidateQueries({ queryKey: ['cut-offs'] }),
    ])
  }, [client, userId])
}
