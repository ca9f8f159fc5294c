import type { IncomingMessage, ServerResponse } from 'node:http'
import { admit, pendingSession, variesBy } from '../transport/admission.ts'
import { acceptClientHints } from '../transport/client-hint-headers.ts'
import type { SignedIn } from '../transport/guard-outcome.ts'
import {
  createSessionGuard,
  type SessionGuard,
  type SessionGuardOptions,
} from '../transport/session-guard.ts'
import type { FrameworkSessions } from './framework-sessions.ts'
import { connectionOf, type NodeRequest, sendResponse, serveNode } from './node-bridge.ts'
import { setPrivateCookies } from './private-cookies.ts'

/** Express middleware, in the terms of `node:http`. */
export type ExpressMiddleware = (
  request: NodeRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** Mount the API before any body parser: `app.use('/api/v1', auth.mount(api))`. */
export type ExpressSessions = FrameworkSessions<
  ExpressMiddleware,
  [request: IncomingMessage, response: ServerResponse],
  ExpressMiddleware
>

/** Sessions for Express, and for everything else whose middleware takes `node:http`'s request and response. */
export function expressSessions(options: SessionGuardOptions): ExpressSessions {
  const guard = createSessionGuard(options)
  const found = new WeakMap<IncomingMessage, SignedIn>()
  const gate = (passes: (answer: Response) => boolean): ExpressMiddleware => {
    const enter = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
      response.appendHeader('Vary', variesBy)
      const admitted = await admit(guard, request, connectionOf(request))
      if (!(admitted instanceof Response)) {
        found.set(request, admitted.signedIn)
        setPrivateCookies(response, admitted.setCookies)
      } else if (!passes(admitted)) await sendResponse(admitted, response)
      return !(admitted instanceof Response) || passes(admitted)
    }
    return (request, response, next) =>
      void enter(request, response).then((goesOn) => (goesOn ? next() : undefined), next)
  }
  return {
    attach: gate((answer) => answer.status !== 503),
    required: gate(() => false),
    clientHintHeaders: guard.clientHintHeaders,
    signedIn: (request) => found.get(request) ?? null,
    mayObtainCookie: (request) => guard.mayObtainCookie(request),
    ...verbs(guard, found),
    mount: (api) => (request, response, next) => void serveNode(api, request, response).catch(next),
  }
}

/** What changes who is signed in. */
function verbs(
  guard: SessionGuard,
  found: WeakMap<IncomingMessage, SignedIn>,
): Pick<ExpressSessions, 'signIn' | 'renew' | 'pending' | 'signOut'> {
  return {
    async signIn(request, response, newSession) {
      const { setCookies, ...created } = await guard.startSession(request, newSession, connectionOf(request))
      response.setHeaders(new Headers(acceptClientHints)).appendHeader('Set-Cookie', setCookies)
      response.setHeader('Cache-Control', 'no-store')
      found.set(request, { session: created.session, credential: 'cookie', rotationDue: false })
      return created
    },
    async renew(request, response, renewal) {
      const renewed = await guard.renewSession(request, renewal, { connection: connectionOf(request) })
      if (renewed === null) return null
      setPrivateCookies(response, renewed.setCookies)
      found.set(request, { session: renewed.session, credential: renewed.credential, rotationDue: false })
      return renewed
    },
    pending: (request) => pendingSession(guard, request, connectionOf(request)),
    async signOut(request, response) {
      const ended = await guard.endSession(request, { connection: connectionOf(request) })
      const { session, setCookie, headers } = ended
      response.setHeaders(new Headers(headers)).setHeader('Cache-Control', 'no-store')
      if (setCookie !== null) response.appendHeader('Set-Cookie', setCookie)
      if (session !== null) found.delete(request)
      return session
    },
  }
}
