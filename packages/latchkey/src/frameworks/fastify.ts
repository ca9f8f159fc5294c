import type { IncomingMessage } from 'node:http'
import { admit, pendingSession, variesBy } from '../transport/admission.ts'
import { acceptClientHints } from '../transport/client-hint-headers.ts'
import type { SignedIn } from '../transport/guard-outcome.ts'
import {
  createSessionGuard,
  type SessionGuard,
  type SessionGuardOptions,
} from '../transport/session-guard.ts'
import type { FastifyHook, FastifyPlugin, FastifyReplyLike, FastifyRequestLike } from './fastify-like.ts'
import type { FrameworkSessions } from './framework-sessions.ts'
import { connectionOf, sendResponse, serveNode } from './node-bridge.ts'
import { setPrivateCookies } from './private-cookies.ts'

/** `attach` and `required` are `onRequest` hooks; the API is a plugin: `app.register(auth.mount(api), { prefix: '/api/v1' })`. */
export type FastifySessions = FrameworkSessions<
  FastifyHook,
  [request: FastifyRequestLike, reply: FastifyReplyLike],
  FastifyPlugin
>

/** Sessions for Fastify. */
export function fastifySessions(options: SessionGuardOptions): FastifySessions {
  const guard = createSessionGuard(options)
  const found = new WeakMap<IncomingMessage, SignedIn>()
  const gate = (passes: (answer: Response) => boolean): FastifyHook => {
    return async ({ raw }, reply) => {
      reply.header('Vary', variesBy)
      const admitted = await admit(guard, raw, connectionOf(raw))
      if (!(admitted instanceof Response)) {
        found.set(raw, admitted.signedIn)
        setPrivateCookies(reply.raw, admitted.setCookies)
      } else if (!passes(admitted)) await sendResponse(admitted, reply.hijack().raw)
    }
  }
  return {
    attach: gate((answer) => answer.status !== 503),
    required: gate(() => false),
    clientHintHeaders: guard.clientHintHeaders,
    signedIn: ({ raw }) => found.get(raw) ?? null,
    mayObtainCookie: ({ raw }) => guard.mayObtainCookie(raw),
    ...verbs(guard, found),
    mount: (api) => async (instance) => {
      instance.removeAllContentTypeParsers()
      instance.addContentTypeParser('*', {}, (_request, _payload, done) => done(null))
      instance.all('/*', {}, async (request: FastifyRequestLike, reply: FastifyReplyLike) => {
        await serveNode(api, request.raw, reply.hijack().raw)
      })
    },
  }
}

function sayInHeaders(reply: FastifyReplyLike, setCookies: readonly string[]): void {
  // Fastify adds each of them to those that are there already.
  for (const setCookie of setCookies) reply.header('Set-Cookie', setCookie)
  reply.header('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(acceptClientHints)) reply.header(name, value)
}

/** What changes who is signed in. */
function verbs(
  guard: SessionGuard,
  found: WeakMap<IncomingMessage, SignedIn>,
): Pick<FastifySessions, 'signIn' | 'renew' | 'pending' | 'signOut'> {
  return {
    async signIn({ raw }, reply, newSession) {
      const { setCookies, ...created } = await guard.startSession(raw, newSession, connectionOf(raw))
      sayInHeaders(reply, setCookies)
      found.set(raw, { session: created.session, credential: 'cookie', rotationDue: false })
      return created
    },
    async renew({ raw }, reply, renewal) {
      const renewed = await guard.renewSession(raw, renewal, { connection: connectionOf(raw) })
      if (renewed === null) return null
      setPrivateCookies(reply.raw, renewed.setCookies)
      found.set(raw, { session: renewed.session, credential: renewed.credential, rotationDue: false })
      return renewed
    },
    pending: ({ raw }) => pendingSession(guard, raw, connectionOf(raw)),
    async signOut({ raw }, reply) {
      const ended = await guard.endSession(raw, { connection: connectionOf(raw) })
      const { session, setCookie, headers } = ended
      reply.header('Cache-Control', 'no-store')
      for (const [name, value] of Object.entries(headers)) reply.header(name, value)
      if (setCookie !== null) reply.header('Set-Cookie', setCookie)
      if (session !== null) found.delete(raw)
      return session
    },
  }
}
