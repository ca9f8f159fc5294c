import type { IncomingMessage, ServerResponse } from 'node:http'
import { admit } from '../transport/admission.ts'
import { acceptClientHints } from '../transport/client-hint-headers.ts'
import type { SignedIn } from '../transport/guard-outcome.ts'
import { createSessionGuard, type SessionGuardOptions } from '../transport/session-guard.ts'
import type { FrameworkSessions } from './framework-sessions.ts'
import { connectionOf, type NodeRequest, sendResponse, serveNode } from './node-bridge.ts'

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
      const admitted = await admit(guard, request)
      if (!(admitted instanceof Response)) found.set(request, admitted)
      else if (!passes(admitted)) await sendResponse(admitted, response)
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
    async signIn(request, response, newSession) {
      const { setCookies, ...created } = await guard.startSession(request, newSession, connectionOf(request))
      response.setHeaders(new Headers(acceptClientHints)).appendHeader('Set-Cookie', setCookies)
      response.setHeader('Cache-Control', 'no-store')
      found.set(request, { session: created.session, credential: 'cookie' })
      return created
    },
    async signOut(request, response) {
      const { session, setCookie } = await guard.endSession(request)
      response.setHeader('Cache-Control', 'no-store')
      if (setCookie !== null) response.appendHeader('Set-Cookie', setCookie)
      if (session !== null) found.delete(request)
      return session
    },
    mount: (api) => (request, response, next) => void serveNode(api, request, response).catch(next),
  }
}
