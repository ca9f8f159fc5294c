import type { CreatedSession } from 'latchkey'
import type { LoginResponse } from 'latchkey/http'
import type { Account } from '../../accounts/account.ts'
import type { RouteContext } from '../route-context.ts'
import { accountUser } from './account-user.ts'
import type { Transport } from './credential-schemas.ts'

/** The token stands in the body only for who asked for it there. */
export function loginResponse(
  { tools }: RouteContext,
  account: Account,
  created: CreatedSession,
  transport: Transport,
): LoginResponse {
  return {
    user: accountUser(account),
    session: tools.toUserSession(created.session, created.session.id),
    ...(transport === 'bearer' && { token: created.token }),
  }
}
