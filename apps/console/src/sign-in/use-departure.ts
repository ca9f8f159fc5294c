import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { queryClient } from '../api/query-client.ts'
import { parseSignInSearch } from './sign-in-search.ts'
import { isDeliberate, type SignOutReason } from './sign-out-reason.ts'

/** Goes to the sign-in page, says why, and forgets everything that was read in the session. */
export function useDeparture(): (reason: SignOutReason) => Promise<void> {
  const router = useRouter()
  return useCallback(
    async (reason) => {
      if (router.state.location.pathname === '/sign-in') return
      const from = isDeliberate(reason) ? undefined : router.state.location.href
      await router.navigate({ to: '/sign-in', search: parseSignInSearch({ from, reason }), replace: true })
      queryClient.clear()
    },
    [router],
  )
}
