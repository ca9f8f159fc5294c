import type { Session } from '../model/session.ts'
import { parseToken } from '../model/session-token.ts'
import type { Sessions } from '../operations/sessions.ts'
import type { Verification, VerifyOptions } from '../operations/verify-session.ts'
import { type Credential, type CredentialKind, credentialIn, credentialOf, type Shown } from './credential.ts'
import type { CredentialHeaders } from './credential-headers.ts'
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
  return activityIn(headerOf(head, activityHeader))
}

/** As `activityOf`, by the value of that header. */
export function activityIn(header: string | null): Activity {
  return header?.toLowerCase() === 'background' ? 'background' : 'user'
}

/** Whose session it is, wherever the request was started. What has not the shape of a token is not looked up. */
export async function identify(
  sessions: Sessions,
  address: PublicAddress,
  head: RequestHead,
  activity: Activity,
): Promise<GuardOutcome> {
  const credential = credentialOf(head, address)
  if (!isShown(credential)) return withoutToken(credential.kind, address)
  return withToken(credential, await sessions.verifySession(credential.token, { activity }))
}

/** As `identify`, where it can be told at once, without the storage; null: ask `identify`. */
export function identifyCached(
  sessions: Sessions,
  address: PublicAddress,
  headers: CredentialHeaders,
): GuardOutcome | null {
  const credential = credentialIn(headers.cookie, headers.authorization, address)
  if (!isShown(credential)) return withoutToken(credential.kind, address)
  const options = activityIn(headers.activity) === 'background' ? background : undefined
  const verification = sessions.verifyCached(credential.token, options)
  return verification === null ? null : withToken(credential, verification)
}

const background: VerifyOptions = { activity: 'background' }

function isShown(credential: Credential): credential is Shown {
  return credential.kind === 'cookie' || credential.kind === 'bearer'
}

function withoutToken(
  kind: Exclude<Credential['kind'], CredentialKind>,
  address: PublicAddress,
): GuardOutcome {
  if (kind === 'none') return { kind: 'anonymous' }
  if (kind !== 'planted') return refused(kind)
  return { kind: 'refused', reason: 'planted', setCookies: clearingCookiesOfAllScopes(address) }
}

function withToken({ kind, token }: Shown, verification: Verification): GuardOutcome {
  if (verification.active) return { kind: 'signed-in', session: verification.session, credential: kind }
  return refused(parseToken(token) === null ? 'malformed' : verification.reason)
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
