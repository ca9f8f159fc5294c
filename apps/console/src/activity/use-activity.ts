import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntriesResponse } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { useEffect, useRef } from 'react'
import { sessionService } from '../api/session-service.ts'

const pageSize = 10

/** What happened to the user's own sessions and devices, newest first; asked for anew when the list of sessions changes. */
export function useActivity({
  state,
  sessions,
}: LiveSessions): UseInfiniteQueryResult<InfiniteData<AuditEntriesResponse>> {
  const query = useInfiniteQuery({
    queryKey: ['security-activity'],
    queryFn: ({ pageParam, signal }) =>
      sessionService.getSecurityActivity({
        limit: pageSize,
        activity: 'background',
        signal,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    enabled: state === 'ready' || state === 'error',
  })
  const ids = sessions
    .map((session) => session.id)
    .toSorted()
    .join()
  const known = useRef(ids)
  const { refetch } = query
  useEffect(() => {
    if (known.current !== ids && known.current !== '') void refetch()
    known.current = ids
  }, [ids, refetch])
  return query
}
