import type { AccountUser } from 'latchkey/http'
import type { Account } from '../../accounts/account.ts'

/** An account as its owner sees it. */
export function accountUser({ id, email, role }: Account): AccountUser {
  return { id, email, role }
}
