import type { Context, Handler, MiddlewareHandler } from 'hono'
import { admit, pendingSession, unusableRequest, variesBy } from '../transport/admission.ts'
import { acceptClientHints, type HeadersToSet } from '../transport/client-hint-headers.ts'
import { hasDotSegments } from '../transport/dot-segments.ts'
import type { SignedIn } from '../transport/guard-outcome.ts'
import type { ConnectionFacts } from '../transport/request-head.ts'
import {
  createSessionGuard,
  type SessionGuard,
  type SessionGuardOptions,
} from '../transport/session-guard.ts'
import type { FrameworkSessions } from './framework-sessions.ts'
import { withFirst } from './private-cookies.ts'

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
      const admitted = await admit(guard, context.req.raw, connectionOf(context))
      if (!(admitted instanceof Response)) found.set(context, admitted.signedIn)
      else if (!passes(admitted)) return admitted
      await next()
      context.header('Vary', variesBy, { append: true })
      if (!(admitted instanceof Response)) setPrivateCookies(context, admitted.setCookies)
      return undefined
    }
  }
  return {
    attach: gate((answer) => answer.status !== 503),
    required: gate(() => false),
    clientHintHeaders: guard.clientHintHeaders,
    signedIn: (context) => found.get(context) ?? null,
    mayObtainCookie: (context) => guard.mayObtainCookie(context.req.raw),
    ...verbs(guard, found, connectionOf),
    mount: (api) => (context) =>
      hasDotSegments(context.env?.incoming?.url ?? '')
        ? unusableRequest()
        : api.fetch(context.req.raw, connectionOf(context)),
  }
}

/** Once the answer is there: it is for one reader, whatever its handler said, and the cookies come first, see `private-cookies`. */
function setPrivateCookies(context: Context, setCookies: readonly string[]): void {
  if (setCookies.length === 0) return
  const all = withFirst([...context.res.headers.getSetCookie()], setCookies)
  context.header('Set-Cookie', undefined)
  for (const setCookie of all) context.header('Set-Cookie', setCookie, { append: true })
  context.header('Cache-Control', 'no-store')
}

function sayInHeaders(context: Context, setCookies: readonly string[], more: HeadersToSet): void {
  for (const setCookie of setCookies) context.header('Set-Cookie', setCookie, { append: true })
  context.header('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(more)) context.header(name, value)
}

/** What changes who is signed in. */
function verbs(
  guard: SessionGuard,
  found: WeakMap<Context, SignedIn>,
  connectionOf: (context: Context) => ConnectionFacts,
): Pick<HonoSessions, 'signIn' | 'renew' | 'pending' | 'signOut'> {
  return {
    async signIn(context, newSession) {
      const connection = connectionOf(context)
      const { setCookies, ...created } = await guard.startSession(context.req.raw, newSession, connection)
      sayInHeaders(context, setCookies, acceptClientHints)
      found.set(context, { session: created.session, credential: 'cookie', rotationDue: false })
      return created
    },
    async renew(context, renewal) {
      const connection = connectionOf(context)
      const renewed = await guard.renewSession(context.req.raw, renewal, { connection })
      if (renewed === null) return null
      sayInHeaders(context, renewed.setCookies, {})
      found.set(context, { session: renewed.session, credential: renewed.credential, rotationDue: false })
      return renewed
    },
    pending: (context) => pendingSession(guard, context.req.raw, connectionOf(context)),
    async signOut(context) {
      const connection = connectionOf(context)
      const { session, setCookie, headers } = await guard.endSession(context.req.raw, { connection })
      context.header('Cache-Control', 'no-store')
      for (const [name, value] of Object.entries(headers)) context.header(name, value)
      if (setCookie !== null) context.header('Set-Cookie', setCookie, { append: true })
      if (session !== null) found.delete(context)
      return session
    },
  }
}
