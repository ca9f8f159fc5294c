import type { MiddlewareHandler } from 'hono'
import { type Duration, seconds } from 'latchkey'
import { type ApiContext, type ApiEnvironment, ProblemError, type SignedIn } from 'latchkey/http'
import type { Account } from '../accounts/account.ts'
import type { RouteContext } from './route-context.ts'

/** A session of somebody who has an account of the program itself. */
export interface SignedInAccount extends SignedIn {
  readonly account: Account
}

/** Throws `unauthenticated`; `forbidden` for a session that a host back end made for a user of its own. */
export async function requireAccount(
  { tools, program }: RouteContext,
  context: ApiContext,
): Promise<SignedInAccount> {
  const signedIn = await tools.requireSession(context)
  const account = await program.accounts.find(signedIn.session.userId)
  if (!account) {
    await tools.recordRefusal(context, 'forbidden')
    throw new ProblemError('forbidden', 'This session belongs to no account of this program.')
  }
  return { ...signedIn, account }
}

/** As `requireAccount`; throws `forbidden` for everyone but administrators. */
export async function requireAdmin(routes: RouteContext, context: ApiContext): Promise<SignedInAccount> {
  const signedIn = await requireAccount(routes, context)
  if (signedIn.account.role !== 'admin') {
    await routes.tools.recordRefusal(context, 'forbidden')
    throw new ProblemError('forbidden', 'Only administrators may do this.')
  }
  return signedIn
}

/** Middleware for a route: `requireAdmin` before anything of the request is looked at. */
export function adminsOnly(routes: RouteContext): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    await requireAdmin(routes, context)
    await next()
  }
}

/** As `adminsOnly`, for what changes something: throws `reauthentication-required` where the last proof is too old. */
export function recentAdminsOnly(routes: RouteContext): MiddlewareHandler<ApiEnvironment> {
  const window = adminWindow(routes.program.settings.adminReauthenticationSeconds)
  return async (context, next) => {
    await requireAdmin(routes, context)
    await routes.tools.requireRecent(context, window)
    // The policy may be stricter with this session; 0 says that nobody is asked here.
    if (window !== null) await routes.tools.requireRecent(context)
    await next()
  }
}

/** 0 stands for any age. */
function adminWindow(count: number): Duration | null {
  return count === 0 ? null : seconds(count)
}
