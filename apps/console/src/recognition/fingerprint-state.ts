import { queryOptions } from '@tanstack/react-query'
import { sessionService } from '../api/session-service.ts'

/** Whether this browser may be looked at, and when that was last done. Asked once a page. */
export const fingerprintState = queryOptions({
  queryKey: ['fingerprint-state'],
  queryFn: ({ signal }) => sessionService.getFingerprintState({ activity: 'background', signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
