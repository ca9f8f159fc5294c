import { useQuery } from '@tanstack/react-query'
import { observeDevice } from 'latchkey/client'
import { useEffect } from 'react'
import { sessionService } from '../api/session-service.ts'
import { fingerprintState } from './fingerprint-state.ts'

/**
 * Looks at this browser where the operator has it so: `on`, or `consent` with the user's own, which holds for as
 * long as something of it is on record. Otherwise nothing of what looks is loaded.
 */
export function useObservation(): void {
  const { data } = useQuery(fingerprintState)
  const mayLook = data?.mode === 'on' || (data?.mode === 'consent' && data.taken_at !== null)
  useEffect(() => {
    if (mayLook) void observeDevice(sessionService, { consent: true })
  }, [mayLook])
}
