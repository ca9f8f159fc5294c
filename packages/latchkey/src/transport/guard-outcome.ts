import type { Session } from '../model/session.ts'
import { parseToken } from '../model/session-token.ts'
import type { Sessions } from '../operations/sessions.ts'
import type { VerifyOptions } from '../operations/verify-session.ts'
import { type CredentialKind, credentialOf } from './credential.ts'
import { mayActByCookie } from './cross-site-check.ts'
import type { PublicAddress } from './public-address.ts'
import { headerOf, type RequestHead } from './request-head.ts'
import { clearingCookiesOfAllScopes } from './session-cookie.ts'

/** A verified session, and what proved it. */
export interface SignedIn {
  readonly session: Session
  readonly credential: CredentialKind
}

/** What a request's credential came to. */
export type GuardOutcome =
  | ({ readonly kind: 'signed-in' } & SignedIn)
  /** No credential at all. */
  | { readonly kind: 'anonymous' }
  /** A credential that proves nothing. `setCookies` are to be sent with the refusal. Why is for the log, not for the sender. */
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly setCookies: readonly string[] }
  /** The session cookie came along with a request that some other site started. Nothing was looked up. */
  | { readonly kind: 'cross-site' }

/** Why a credential proves nothing. `both`: cookie and bearer token together; `planted`: two cookies of our name. */
export type RefusalReason = 'malformed' | 'both' | 'planted' | 'unknown' | 'expired' | 'revoked'

/** Whether a person made the request, or it is `background`: polling, prefetching. */
export type Activity = NonNullable<VerifyOptions['activity']>

/** The request header by which a client says that no person made the request: polling, prefetching. */
const activityHeader = 'x-latchkey-activity'

export function activityOf(head: RequestHead): Activity {
  return headerOf(head, activityHeader)?.toLowerCase() === 'background' ? 'background' : 'user'
}

/** Whose session it is, wherever the request was started. What has not the shape of a token is not looked up. */
export async function identify(
  sessions: Sessions,
  address: PublicAddress,
  head: RequestHead,
  activity: Activity,
): Promise<GuardOutcome> {
  const credential = credentialOf(head, address)
  if (credential.kind === 'none') return { kind: 'anonymous' }
  if (credential.kind === 'planted') {
    return { kind: 'refused', reason: 'planted', setCookies: clearingCookiesOfAllScopes(address) }
  }
  if (credential.kind === 'malformed' || credential.kind === 'both') return refused(credential.kind)
  if (parseToken(credential.token) === null) return refused('malformed')
  const verification = await sessions.verifySession(credential.token, { activity })
  if (!verification.active) return refused(verification.reason)
  return { kind: 'signed-in', session: verification.session, credential: credential.kind }
}

/** As `identify`, once it is clear that the request may act with the credential that it carries. */
export async function check(
  sessions: Sessions,
  address: PublicAddress,
  head: RequestHead,
  activity: Activity,
): Promise<GuardOutcome> {
  const { kind } = credentialOf(head, address)
  if (kind === 'cookie' && !mayActByCookie(head, address.origin)) return { kind: 'cross-site' }
  return identify(sessions, address, head, activity)
}

function refused(reason: RefusalReason): GuardOutcome {
  return { kind: 'refused', reason, setCookies: [] }
}
