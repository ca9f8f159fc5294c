import type { Session } from '../model/session.ts'
import type { CreatedSession, NewSession } from '../operations/create-session.ts'
import type { SignedIn } from '../transport/guard-outcome.ts'
import type { MountableApi } from './node-bridge.ts'

/**
 * Sessions in the terms of a web framework. `Exchange` is what the framework hands to its handlers: request and
 * response, or one context.
 */
export interface FrameworkSessions<Middleware, Exchange extends readonly [unknown, ...unknown[]], Mounted> {
  /** Verifies the request's session, where there is one, and goes on either way; 503 while the storage is away. */
  readonly attach: Middleware
  /** As `attach`, but answers 401 where there is none, and 403 where another site started the request. */
  readonly required: Middleware
  /** What `attach` or `required` found, or `signIn` made. */
  signedIn(request: Exchange[0]): SignedIn | null
  /**
   * Call it once you know who the user is. Sets the cookie, and ends the session that the browser had before. It
   * does not refuse requests that another site started, as an identity provider's answer is one: the handler of a
   * sign-in form of your own should, by `mayObtainCookie` of `createSessionGuard`, or others can sign your visitors
   * in to an account of theirs.
   */
  signIn(...exchange: [...Exchange, newSession: NewSession]): Promise<CreatedSession>
  /** Ends the session that the request is in and clears the cookie. */
  signOut(...exchange: Exchange): Promise<Session | null>
  /** The HTTP API as a part of the application. */
  mount(api: MountableApi): Mounted
}
