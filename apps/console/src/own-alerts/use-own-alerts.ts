import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { AlertAnsweredResponse, OwnAlert } from 'latchkey/client'
import type { LiveSessions } from 'latchkey/react'
import { useEffect, useRef } from 'react'
import { answerOwnAlert, fetchOwnAlerts } from '../api/alerts.ts'

/** How often it is asked, in milliseconds; also at once when the list of sessions changes. */
const refreshEvery = 30_000
const queryKey = ['own-alerts']

interface OwnAlerts {
  /** Those that wait for an answer. Empty until they are known: the page has more to say. */
  readonly unanswered: readonly OwnAlert[]
  readonly answer: (alert: OwnAlert, answer: 'me' | 'not-me') => Promise<AlertAnsweredResponse>
  /** Leaves out what has been answered, once that was said. */
  readonly refresh: () => void
}

/** What was noticed about whoever is signed in. */
export function useOwnAlerts({ state, sessions }: LiveSessions): OwnAlerts {
  const client = useQueryClient()
  const { data, refetch } = useQuery({
    queryKey,
    queryFn: fetchOwnAlerts,
    enabled: state === 'ready',
    refetchInterval: refreshEvery,
  })
  const ids = sessions.map(({ id }) => id).join()
  const known = useRef(ids)
  useEffect(() => {
    if (known.current !== ids && known.current !== '') void refetch()
    known.current = ids
  }, [ids, refetch])
  return {
    unanswered: data?.alerts.filter(({ answer }) => answer === null) ?? [],
    answer: ({ id, count }, answer) => answerOwnAlert(id, { answer, count }),
    refresh: () => void client.invalidateQueries({ queryKey }),
  }
}
