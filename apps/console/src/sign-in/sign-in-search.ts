import { homePath, ownPath } from '../layout/own-path.ts'
import { isSignOutReason, type SignOutReason } from './sign-out-reason.ts'

/** What the sign-in page's URL says. */
export interface SignInSearch {
  /** Where to go afterwards; absent: home. */
  from?: string
  reason?: SignOutReason
}

export function parseSignInSearch(search: Record<string, unknown>): SignInSearch {
  const from = ownPath(search['from'])
  const reason = search['reason']
  return {
    ...(from === homePath ? {} : { from }),
    ...(isSignOutReason(reason) ? { reason } : {}),
  }
}
