import type { MiddlewareHandler } from 'hono'
import type { RequestFacts } from '../model/request-facts.ts'
import type { CreatedSession, NewSession } from '../operations/create-session.ts'
import type { Sessions } from '../operations/sessions.ts'
import { bearerToken } from '../transport/bearer-token.ts'
import { acceptClientHints } from '../transport/client-hint-headers.ts'
import type { SessionGuard } from '../transport/session-guard.ts'
import type { ApiContext, ApiEnvironment, AuthenticateService, ServiceIdentity } from './api-environment.ts'
import { crossSiteRequest } from './problem.ts'
import { refusedProblem } from './refusals.ts'
import { connectionOf, type SessionTools, type SessionToolsOptions, sessionTools } from './session-tools.ts'
import { toUserDevice } from './user-device.ts'
import { toManagedSession, toUserSession } from './user-session.ts'

/** What routes build on, the library's and those that an application adds. */
export interface ApiTools extends SessionTools {
  readonly sessions: Sessions
  readonly guard: SessionGuard
  /** The host back end of the request, by its API key. Throws `unauthenticated`. */
  requireService(context: ApiContext): Promise<ServiceIdentity>
  /** Middleware for a route: `requireSession` before anything of the request is looked at. */
  readonly signedIn: MiddlewareHandler<ApiEnvironment>
  /** As `signedIn`, for what does not count as a use of the session. */
  readonly signedInBackground: MiddlewareHandler<ApiEnvironment>
  /** Middleware for a route: `requireService` before anything of the request is looked at. */
  readonly service: MiddlewareHandler<ApiEnvironment>
  requestFacts(context: ApiContext): RequestFacts
  /** For routes that give out a cookie without a session. Throws `cross-site-request`. */
  checkSameOrigin(context: ApiContext): void
  /** Signs in, with what the request says of the device; with `cookie` the answer sets the session's and the device's. */
  startSession(
    context: ApiContext,
    newSession: NewSession,
    transport: 'cookie' | 'bearer',
  ): Promise<CreatedSession>
  setSessionCookie(context: ApiContext, created: CreatedSession): void
  /** Takes the cookie back, and has the browser forget what else the guard's `clearAtSignOut` names. */
  clearSessionCookie(context: ApiContext): void
  readonly toUserSession: typeof toUserSession
  readonly toManagedSession: typeof toManagedSession
  readonly toUserDevice: typeof toUserDevice
}

export interface ApiToolsOptions extends SessionToolsOptions {
  readonly authenticateService: AuthenticateService
}

export function createApiTools(options: ApiToolsOptions): ApiTools {
  const { sessions, guard } = options
  const session = sessionTools(options)
  const service = serviceTools(options)
  return {
    sessions,
    guard,
    ...session,
    ...service,
    ...cookieTools(guard),
    signedIn: async (context, next) => {
      await session.requireSession(context)
      await next()
    },
    signedInBackground: async (context, next) => {
      await session.requireSession(context, 'background')
      await next()
    },
    service: async (context, next) => {
      await service.requireService(context)
      await next()
    },
    toUserSession,
    toManagedSession,
    toUserDevice,
  }
}

function serviceTools({
  authenticateService: authenticate,
  guard,
  refusals,
}: ApiToolsOptions): Pick<ApiTools, 'requireService'> {
  return {
    async requireService(context) {
      const known = context.get('service')
      if (known !== undefined) return known
      const bearer = bearerToken(context.req.header('authorization') ?? null)
      const service = bearer.kind === 'present' ? await authenticate(bearer.token) : null
      if (service === null) {
        // Without a credential nothing was guessed.
        const counting = bearer.kind === 'absent' ? undefined : refusals
        const { ipAddress } = guard.facts(context.req.raw, connectionOf(context))
        throw refusedProblem(counting, ipAddress, 'api-key')
      }
      context.set('service', service)
      return service
    },
  }
}

type CookieTools = Pick<
  ApiTools,
  'requestFacts' | 'checkSameOrigin' | 'startSession' | 'setSessionCookie' | 'clearSessionCookie'
>

function cookieTools(guard: SessionGuard): CookieTools {
  const setCookie = (context: ApiContext, value: string) =>
    context.header('Set-Cookie', value, { append: true })
  return {
    requestFacts: (context) => guard.facts(context.req.raw, connectionOf(context)),
    checkSameOrigin(context) {
      context.set('isDecidedBySite', true)
      if (!guard.mayObtainCookie(context.req.raw)) throw crossSiteRequest()
    },
    async startSession(context, newSession, transport) {
      // Without a cookie jar there is no browser to know again.
      const device = transport === 'bearer' ? { deviceTokens: null } : {}
      const request = { ...device, request: context.get('requestId'), ...newSession }
      const started = await guard.startSession(context.req.raw, request, connectionOf(context))
      const { setCookies, ...created } = started
      if (transport === 'cookie') {
        context.set('rotatedCookies', [])
        for (const value of setCookies) setCookie(context, value)
        for (const [name, value] of Object.entries(acceptClientHints)) context.header(name, value)
      }
      return created
    },
    setSessionCookie(context, created) {
      context.set('rotatedCookies', [])
      setCookie(context, guard.sessionCookie(created))
    },
    clearSessionCookie(context) {
      context.set('rotatedCookies', [])
      setCookie(context, guard.clearingCookie())
      for (const [name, value] of Object.entries(guard.signOutHeaders)) context.header(name, value)
    },
  }
}
