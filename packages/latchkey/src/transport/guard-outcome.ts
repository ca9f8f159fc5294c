import type { Session, SessionStage } from '../model/session.ts'
import { parseToken } from '../model/session-token.ts'
import type { Sessions } from '../operations/sessions.ts'
import type { Verification, VerifyOptions } from '../operations/verify-session.ts'
import { type Activity, activityIn } from './activity.ts'
import { type Credential, type CredentialKind, credentialIn, credentialOf, type Shown } from './credential.ts'
import type { CredentialHeaders } from './credential-headers.ts'
import { mayActByCookie } from './cross-site-check.ts'
import type { PublicAddress } from './public-address.ts'
import type { ConnectionFacts, RequestHead } from './request-head.ts'
import { clearingCookiesOfAllScopes } from './session-cookie.ts'

/** A verified session, and what proved it. */
export interface SignedIn {
  readonly session: Session
  readonly credential: CredentialKind
  /** Whether it is time for a new token: `SessionGuard.rotate` makes it, where the answer reaches the browser. */
  readonly rotationDue: boolean
}

/** What a request's credential came to. */
export type GuardOutcome =
  | ({ readonly kind: 'signed-in' } & SignedIn)
  /** No credential at all. */
  | { readonly kind: 'anonymous' }
  /** A credential that proves nothing. `setCookies` are to be sent with the refusal. Why is for the log, not for the sender, `pending` aside. */
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly setCookies: readonly string[] }
  /** The session cookie came along with a request that some other site started. Nothing was looked up. */
  | { readonly kind: 'cross-site' }

/**
 * Why a credential proves nothing. `both`: cookie and bearer token together; `planted`: two cookies of our name;
 * `pending`: the session's user still owes a factor.
 */
export type RefusalReason = 'malformed' | 'both' | 'planted' | 'unknown' | 'expired' | 'revoked' | 'pending'

/** How a request is looked at. */
export interface CheckOptions {
  /** Whether it counts as a use of the session. Default: what the request's own headers say, see `activityOf`. */
  readonly activity?: Activity
  /** What the server knows of the connection: with it the policy can bind sessions to their network. */
  readonly connection?: ConnectionFacts
  /** `pending`: accept those sessions only whose user still owes a factor, to ask for it. Default `complete`. */
  readonly stage?: SessionStage
  /** The id of the request, for events that it causes. Default: none. */
  readonly request?: string
}

/** Whose session it is, wherever the request was started. What has not the shape of a token is not looked up. */
export async function identify(
  sessions: Sessions,
  address: PublicAddress,
  head: RequestHead,
  options: VerifyOptions,
): Promise<GuardOutcome> {
  const credential = credentialOf(head, address)
  if (!isShown(credential)) return withoutToken(credential.kind, address)
  return withToken(credential, await sessions.verifySession(credential.token, options))
}

/** As `identify`, where it can be told at once, without the storage; null: ask `identify`. */
export function identifyCached(
  sessions: Sessions,
  address: PublicAddress,
  headers: CredentialHeaders,
  seen: Pick<VerifyOptions, 'ipAddress' | 'userAgent'> = {},
): GuardOutcome | null {
  const credential = credentialIn(headers.cookie, headers.authorization, address)
  if (!isShown(credential)) return withoutToken(credential.kind, address)
  const activity = activityIn(headers.activity, headers.purpose)
  const verification = sessions.verifyCached(credential.token, { ...seen, activity })
  return verification === null ? null : withToken(credential, verification)
}

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
  if (!verification.active) {
    return refused(parseToken(token) === null ? 'malformed' : verification.reason)
  }
  const { session, rotationDue } = verification
  return { kind: 'signed-in', session, credential: kind, rotationDue }
}

/** As `identify`, once it is clear that the request may act with the credential that it carries. */
export async function check(
  sessions: Sessions,
  address: PublicAddress,
  head: RequestHead,
  options: VerifyOptions,
): Promise<GuardOutcome> {
  const { kind } = credentialOf(head, address)
  if (kind === 'cookie' && !mayActByCookie(head, address)) return { kind: 'cross-site' }
  return identify(sessions, address, head, options)
}

function refused(reason: RefusalReason): GuardOutcome {
  return { kind: 'refused', reason, setCookies: [] }
}
