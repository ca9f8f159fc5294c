import { redirect } from '@tanstack/react-router'
import { meQuery } from '../api/me-query.ts'
import { queryClient } from '../api/query-client.ts'
import { homePath } from '../layout/own-path.ts'
import { parseSignInSearch, type SignInSearch } from './sign-in-search.ts'

/** Takes those who open the sign-in page by themselves, signed in already, to where they want to be. */
export async function goOnWhenSignedIn(search: SignInSearch): Promise<void> {
  const { from, reason } = parseSignInSearch({ ...search })
  const wasSentHere = from !== undefined || reason !== undefined
  // A page that was asked for a moment ago has just found out that nobody is signed in.
  if (wasSentHere || queryClient.getQueryState(meQuery.queryKey)?.status === 'error') return
  const me = await queryClient.ensureQueryData({ ...meQuery, retry: false }).catch(() => null)
  if (me !== null) throw redirect({ to: homePath, replace: true })
}
