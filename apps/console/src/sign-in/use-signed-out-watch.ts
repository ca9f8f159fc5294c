import { useSessions } from 'latchkey/react'
import { useEffect } from 'react'
import { sessionService } from '../api/session-service.ts'
import { takeIntendedDeparture } from './intended-departure.ts'
import { useDeparture } from './use-departure.ts'

/** Leaves for the sign-in page at the moment this tab's session ends, wherever it was ended. */
export function useSignedOutWatch(): void {
  const { state, endReason } = useSessions(sessionService)
  const depart = useDeparture()
  useEffect(() => {
    if (state === 'signed-out') void depart(takeIntendedDeparture() ?? endReason ?? 'unknown')
  }, [state, endReason, depart])
}
