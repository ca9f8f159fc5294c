import type { Context, Handler, MiddlewareHandler } from 'hono'
import { admit, unusableRequest } from '../transport/admission.ts'
import { acceptClientHints } from '../transport/client-hint-headers.ts'
import { hasDotSegments } from '../transport/dot-segments.ts'
import type { SignedIn } from '../transport/guard-outcome.ts'
import type { ConnectionFacts } from '../transport/request-head.ts'
import { createSessionGuard, type SessionGuardOptions } from '../transport/session-guard.ts'
import type { FrameworkSessions } from './framework-sessions.ts'

/** The API is a handler: `app.all('/api/v1/*', auth.mount(api))`. */
export type HonoSessions = FrameworkSessions<MiddlewareHandler, [context: Context], Handler>

/** The options of every guard, and where Hono finds the socket's address. */
export interface HonoSessionsOptions extends SessionGuardOptions {
  /** Where your server keeps the address of the socket. Default: where `@hono/node-server` does. */
  readonly remoteAddress?: (context: Context) => string | null
}

const ofNodeServer = ({ env }: Context): string | null => env?.incoming?.socket?.remoteAddress ?? null

/** Sessions for Hono. */
export function honoSessions(options: HonoSessionsOptions): HonoSessions {
  const guard = createSessionGuard(options)
  const { remoteAddress = ofNodeServer } = options
  const connectionOf = (context: Context): ConnectionFacts => ({ remoteAddress: remoteAddress(context) })
  const found = new WeakMap<Context, SignedIn>()
  const gate = (passes: (answer: Response) => boolean): MiddlewareHandler => {
    return async (context, next) => {
      const admitted = await admit(guard, context.req.raw)
      if (!(admitted instanceof Response)) found.set(context, admitted)
      else if (!passes(admitted)) return admitted
      await next()
      return undefined
    }
  }
  return {
    attach: gate((answer) => answer.status !== 503),
    required: gate(() => false),
    clientHintHeaders: guard.clientHintHeaders,
    signedIn: (context) => found.get(context) ?? null,
    mayObtainCookie: (context) => guard.mayObtainCookie(context.req.raw),
    async signIn(context, newSession) {
      const connection = connectionOf(context)
      const { setCookies, ...created } = await guard.startSession(context.req.raw, newSession, connection)
      sayInHeaders(context, setCookies)
      found.set(context, { session: created.session, credential: 'cookie' })
      return created
    },
    async signOut(context) {
      const { session, setCookie } = await guard.endSession(context.req.raw)
      context.header('Cache-Control', 'no-store')
      if (setCookie !== null) context.header('Set-Cookie', setCookie, { append: true })
      if (session !== null) found.delete(context)
      return session
    },
    mount: (api) => (context) =>
      hasDotSegments(context.env?.incoming?.url ?? '')
        ? unusableRequest()
        : api.fetch(context.req.raw, connectionOf(context)),
  }
}

function sayInHeaders(context: Context, setCookies: readonly string[]): void {
  for (const setCookie of setCookies) context.header('Set-Cookie', setCookie, { append: true })
  context.header('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(acceptClientHints)) context.header(name, value)
}
