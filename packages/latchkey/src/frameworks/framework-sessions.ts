import type { Session } from '../model/session.ts'
import type { CreatedSession, NewSession } from '../operations/create-session.ts'
import type { Renewal } from '../operations/renew-session.ts'
import type { HeadersToSet } from '../transport/client-hint-headers.ts'
import type { SignedIn } from '../transport/guard-outcome.ts'
import type { RenewedSession } from '../transport/session-guard.ts'
import type { MountableApi } from './node-bridge.ts'

/**
 * Sessions in the terms of a web framework. `Exchange` is what the framework hands to its handlers: request and
 * response, or one context.
 */
export interface FrameworkSessions<Middleware, Exchange extends readonly [unknown, ...unknown[]], Mounted> {
  /**
   * Verifies the request's session, where there is one, and goes on either way; 503 while the storage is away. Where it
   * is time the answer brings the next token, and may then be stored by nobody.
   */
  readonly attach: Middleware
  /** As `attach`, but answers 401 where there is none, and 403 where another site started the request or a factor is owed. */
  readonly required: Middleware
  /** What `attach` or `required` found, or `signIn` made. */
  signedIn(request: Exchange[0]): SignedIn | null
  /**
   * Whether this request may sign somebody in; false for what another site sent. The handler of a sign-in form asks
   * it first, or others can sign your visitors in to an account of theirs. An identity provider's answer comes from
   * another site by design: there the provider's own `state` has to be checked instead.
   */
  mayObtainCookie(request: Exchange[0]): boolean
  /**
   * `Accept-CH` and `Critical-CH`: set them on the page with the sign-in form, and the list of sessions can say
   * Windows 11 or 10 and the release of macOS. Without them it shows no version.
   */
  readonly clientHintHeaders: HeadersToSet
  /** Call it once you know who the user is. Sets the cookie, and ends the session that the browser had before. */
  signIn(...exchange: [...Exchange, newSession: NewSession]): Promise<CreatedSession>
  /**
   * Call it once the user has proved something anew (`reauthentication`), the factor that was owed (`factor`: of a session
   * that was begun with `stage: 'pending'`), or may do other things. Sets the cookie of the new token. Null where the
   * request is in no such session.
   */
  renew(...exchange: [...Exchange, renewal: Renewal]): Promise<RenewedSession | null>
  /** The session that the request is in and whose user still owes a factor; null where it is in none. */
  pending(request: Exchange[0]): Promise<SignedIn | null>
  /** Ends the session that the request is in, clears the cookie, and has the browser forget what else it keeps (`clearAtSignOut`). */
  signOut(...exchange: Exchange): Promise<Session | null>
  /** The HTTP API as a part of the application. */
  mount(api: MountableApi): Mounted
}
