import type { Clock } from '../foundation/time.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { Session } from '../model/session.ts'
import type { CreatedSession, NewSession } from '../operations/create-session.ts'
import type { Renewal } from '../operations/renew-session.ts'
import type { Sessions } from '../operations/sessions.ts'
import type { SiteData } from './clear-site-data.ts'
import type { HeadersToSet } from './client-hint-headers.ts'
import type { CredentialKind } from './credential.ts'
import type { CredentialHeaders } from './credential-headers.ts'
import type { ForwardedHeader } from './forwarded-hops.ts'
import type { CheckOptions, GuardOutcome } from './guard-outcome.ts'
import type { NoteRefused } from './refused-requests.ts'
import type { ConnectionFacts, RequestHead } from './request-head.ts'

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
  /**
   * Origins of other sites of yours whose pages may act with the cookie, each exactly as browsers write it
   * (`https://admin.example.com`); no patterns. The cookie is `SameSite=Lax`: it comes along from the same site only.
   * Default: none.
   */
  readonly allowedOrigins?: readonly string[]
  /** What browsers forget when somebody signs out (`Clear-Site-Data`). Default: `cache` and `storage`, not `cookies`. */
  readonly clearAtSignOut?: readonly SiteData[]
  /**
   * The `secret` of `createSessions`: with it the audit log tells apart where refused requests came from, by a keyed
   * hash. Default: it does not.
   */
  readonly secret?: Uint8Array
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

/** What a session has become that was given a new token. */
export interface RenewedSession {
  readonly session: Session
  /** For a client that keeps the token itself. */
  readonly token: string
  /** How the old one came. */
  readonly credential: CredentialKind
  /** The values of as many `Set-Cookie` headers; none where the old one was no cookie. */
  readonly setCookies: readonly string[]
}

/** What signing out came to. */
export interface EndedSession {
  /** The session that this request ended; null where it had none that was live. */
  readonly session: Session | null
  /** The value of a `Set-Cookie` header; null for a request from another site, which must change nothing. */
  readonly setCookie: string | null
  /** To be set on the answer, too: what has the browser forget what it keeps (`Clear-Site-Data`). */
  readonly headers: HeadersToSet
}

/** Between a web server and `Sessions`: reads credentials, sets cookies, decides nothing about sessions. */
export interface SessionGuard {
  readonly cookieName: string
  /** To be set on the page with the sign-in form: it has browsers say which release of their system they run on. */
  readonly clientHintHeaders: HeadersToSet
  /**
   * Whose session the request is in. For everything that acts in that session. It counts as a use of it unless the
   * request says that no person made it (`X-Latchkey-Activity: background`, `Sec-Purpose: prefetch`).
   */
  check(head: RequestHead, options?: CheckOptions): Promise<GuardOutcome>
  /** As `check`, wherever the request was started: for a gate that only asks who it is. */
  identify(head: RequestHead, options?: CheckOptions): Promise<GuardOutcome>
  /**
   * As `identify`, where it can be told at once: by what the cache may answer, from headers that are read already.
   * `head` is the whole request, which is looked at only where detectors compare it with the sign-in.
   * Null: nobody knows yet, ask `identify`. What it refuses is for the caller to note, see `noteRefused`.
   */
  identifyCached(
    headers: CredentialHeaders,
    head?: RequestHead,
    connection?: ConnectionFacts,
  ): GuardOutcome | null
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
  /**
   * Gives the session of the request a new token, once its user has proved something anew or may do other things than
   * before; with `cause: 'factor'` the pending one. Null where the request is in none that is live.
   */
  renewSession(head: RequestHead, renewal: Renewal, options?: CheckOptions): Promise<RenewedSession | null>
  /**
   * The next token of the session whose cookie came, as the values of `Set-Cookie` headers; for a request whose
   * outcome said `rotationDue`, and only where the answer reaches the browser. None where it is not due any more, for
   * what another site started, and while the storage is away: the old token goes on to be good.
   */
  rotate(head: RequestHead, request?: string): Promise<readonly string[]>
  /** Signs out: ends the session that the request is in. A request from another site ends nothing, and clears no cookie. The browser stays a known device. */
  endSession(head: RequestHead, options?: CheckOptions): Promise<EndedSession>
  /**
   * Writes `request.refused` to the audit log: for what an application refuses itself. Of each kind and source once a
   * minute. `check` and `identify` do it for what they refuse. Never rejects.
   */
  readonly noteRefused: NoteRefused
  /** What the request says of its sender: the address behind trusted proxies, the device. */
  facts(head: RequestHead, connection?: ConnectionFacts): RequestFacts
  /** The value of the `Set-Cookie` header that hands over a token. */
  sessionCookie(created: CreatedSession): string
  /** The value of the `Set-Cookie` header that takes it back. */
  clearingCookie(): string
  /** What an answer that signs out has besides: `Clear-Site-Data`. `endSession` hands it out. */
  readonly signOutHeaders: HeadersToSet
}
