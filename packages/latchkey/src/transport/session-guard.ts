import { type Clock, systemClock } from '../foundation/time.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { Session } from '../model/session.ts'
import { parseToken } from '../model/session-token.ts'
import type { CreatedSession, NewSession } from '../operations/create-session.ts'
import type { Sessions } from '../operations/sessions.ts'
import { parseTrustedProxies } from './client-address.ts'
import { clientHintHeaders, type HeadersToSet } from './client-hint-headers.ts'
import { type Credential, credentialOf } from './credential.ts'
import type { CredentialHeaders } from './credential-headers.ts'
import { mayObtainCookie } from './cross-site-check.ts'
import { deviceCookies, readDeviceCookie } from './device-cookie.ts'
import { checkForwardedHeader, type ForwardedHeader } from './forwarded-hops.ts'
import {
  type Activity,
  activityOf,
  check,
  type GuardOutcome,
  identify,
  identifyCached,
} from './guard-outcome.ts'
import { parsePublicUrl } from './public-address.ts'
import { requestFacts } from './request-facts.ts'
import { type ConnectionFacts, headerOf, type RequestHead, unknownConnection } from './request-head.ts'
import { clearingCookie, sessionCookie } from './session-cookie.ts'
import { signOut, succeed, withoutForgotten } from './start-session.ts'

/** What a guard is made of: only `sessions` and `publicUrl` have to be named. */
export interface SessionGuardOptions {
  readonly sessions: Sessions
  /** Where browsers reach the application. Decides the cookie's name, `Secure` and the origin that may act. */
  readonly publicUrl: string
  /** CIDRs of the proxies whose `X-Forwarded-For`, or other `forwardedHeader`, is believed. Default: none. */
  readonly trustedProxies?: readonly string[]
  /**
   * The header in which the trusted proxies say whom they speak for: the one that they set or add to themselves,
   * `forwarded` being that of RFC 7239. The other one is never read: a proxy passes it on as the visitor sent it.
   * Default `x-forwarded-for`.
   */
  readonly forwardedHeader?: ForwardedHeader
  /** Default: the machine's. */
  readonly clock?: Clock
}

/** What signing in made. */
export interface StartedSession extends CreatedSession {
  /**
   * The values of as many `Set-Cookie` headers: the session's, and the device's where there is one. Leave them out
   * for a client that keeps the token itself.
   */
  readonly setCookies: readonly string[]
}

/** What signing out came to. */
export interface EndedSession {
  /** The session that this request ended; null where it had none that was live. */
  readonly session: Session | null
  /** The value of a `Set-Cookie` header; null for a request from another site, which must change nothing. */
  readonly setCookie: string | null
}

/** Between a web server and `Sessions`: reads credentials, sets cookies, decides nothing about sessions. */
export interface SessionGuard {
  readonly cookieName: string
  /** To be set on the page with the sign-in form: it has browsers say which release of their system they run on. */
  readonly clientHintHeaders: HeadersToSet
  /**
   * Whose session the request is in. For everything that acts in that session. Whether it counts as a use of the
   * session says `activity`; default: what the request's own `X-Latchkey-Activity` says, `user` without one.
   */
  check(head: RequestHead, activity?: Activity): Promise<GuardOutcome>
  /** As `check`, wherever the request was started: for a gate that only asks who it is. */
  identify(head: RequestHead, activity?: Activity): Promise<GuardOutcome>
  /**
   * As `identify`, where it can be told at once: by what the cache may answer, from headers that are read already.
   * Null: nobody knows yet, ask `identify`.
   */
  identifyCached(headers: CredentialHeaders): GuardOutcome | null
  /** Whether a request without a session may be given a cookie; false when another site started it. */
  mayObtainCookie(head: RequestHead): boolean
  /**
   * Signs in: creates a session with what the request says of its device. The session that the request was in
   * before ends: in the same step when it is the same user's, right after otherwise. The token is always a new one.
   * The browser is known again by its device cookie; where the application names `deviceTokens` itself, by those, and
   * with null not at all.
   */
  startSession(
    head: RequestHead,
    newSession: NewSession,
    connection?: ConnectionFacts,
  ): Promise<StartedSession>
  /** Signs out: ends the session that the request is in. A request from another site ends nothing. The browser stays a known device. */
  endSession(head: RequestHead): Promise<EndedSession>
  /** What the request says of its sender: the address behind trusted proxies, the device. */
  facts(head: RequestHead, connection?: ConnectionFacts): RequestFacts
  /** The value of the `Set-Cookie` header that hands over a token. */
  sessionCookie(created: CreatedSession): string
  /** The value of the `Set-Cookie` header that takes it back. */
  clearingCookie(): string
}

/**
 * Throws `invalid-argument` for a public URL, a CIDR or a header that cannot be.
 *
 * @example
 * ```ts
 * const guard = createSessionGuard({ sessions, publicUrl: 'https://app.example.com' })
 * const outcome = await guard.check(request)
 * ```
 */
export function createSessionGuard(options: SessionGuardOptions): SessionGuard {
  const { sessions, clock = systemClock } = options
  const address = parsePublicUrl(options.publicUrl)
  const trusted = parseTrustedProxies(options.trustedProxies ?? [])
  const forwardedHeader = checkForwardedHeader(options.forwardedHeader ?? 'x-forwarded-for')
  const guard: SessionGuard = {
    cookieName: address.cookieName,
    clientHintHeaders,
    check: (head, activity = activityOf(head)) => check(sessions, address, head, activity),
    identify: (head, activity = activityOf(head)) => identify(sessions, address, head, activity),
    identifyCached: (headers) => identifyCached(sessions, address, headers),
    mayObtainCookie: (head) => mayObtainCookie(head, address.origin),
    facts: (head, connection = unknownConnection) => requestFacts(head, connection, trusted, forwardedHeader),
    sessionCookie: ({ session, token }) => sessionCookie(token, session.expiresAt, clock.now(), address),
    clearingCookie: () => clearingCookie(address),
    async startSession(head, newSession, connection) {
      const previous = await previousSession(guard, head)
      const cookie = readDeviceCookie(headerOf(head, 'cookie'), address)
      const known = { ...guard.facts(head, connection), deviceTokens: cookie.tokens }
      const created = await succeed(sessions, previous, { ...known, ...newSession })
      const setCookies = [guard.sessionCookie(created)]
      if (created.device !== null) {
        const others = await withoutForgotten(sessions, cookie, created.device)
        setCookies.push(...deviceCookies(created.device.token, others, address))
      }
      return { ...created, setCookies }
    },
    async endSession(head) {
      const outcome = await guard.check(head, 'background')
      if (outcome.kind === 'cross-site') return { session: null, setCookie: null }
      if (outcome.kind === 'signed-in') await signOut(sessions, outcome.session)
      // Its end may not be known everywhere yet, and who is told that they are signed out takes that for final.
      else if (isRevoked(outcome)) await endAgain(sessions, credentialOf(head, address))
      const session = outcome.kind === 'signed-in' ? outcome.session : null
      return { session, setCookie: guard.clearingCookie() }
    },
  }
  return guard
}

async function previousSession(guard: SessionGuard, head: RequestHead): Promise<Session | null> {
  const outcome = await guard.check(head, 'background')
  return outcome.kind === 'signed-in' ? outcome.session : null
}

function isRevoked(outcome: GuardOutcome): boolean {
  return outcome.kind === 'refused' && outcome.reason === 'revoked'
}

/** Changes nothing; resolves when it is refused everywhere. */
async function endAgain(sessions: Sessions, credential: Credential): Promise<void> {
  const token = 'token' in credential ? parseToken(credential.token) : null
  if (token !== null) await sessions.invalidateSession(token.id)
}
