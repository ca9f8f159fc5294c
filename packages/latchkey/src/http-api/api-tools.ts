import type { MiddlewareHandler } from 'hono'
import type { RequestFacts } from '../model/request-facts.ts'
import type { CreatedSession, NewSession } from '../operations/create-session.ts'
import type { Sessions } from '../operations/sessions.ts'
import { bearerToken } from '../transport/bearer-token.ts'
import { acceptClientHints } from '../transport/client-hint-headers.ts'
import type { Activity, GuardOutcome, SignedIn } from '../transport/guard-outcome.ts'
import { unknownConnection } from '../transport/request-head.ts'
import type { SessionGuard } from '../transport/session-guard.ts'
import type { ApiContext, ApiEnvironment, AuthenticateService, ServiceIdentity } from './api-environment.ts'
import { crossSiteRequest, unauthenticated } from './problem.ts'
import { toUserDevice } from './user-device.ts'
import { toManagedSession, toUserSession } from './user-session.ts'

/** What routes build on, the library's and those that an application adds. */
export interface ApiTools {
  readonly sessions: Sessions
  readonly guard: SessionGuard
  /** The session of the request, verified once. Throws `unauthenticated`, or `cross-site-request` where the cookie may not act. */
  requireSession(context: ApiContext, activity?: Activity): Promise<SignedIn>
  /** As `requireSession`; null where there is no good credential. */
  optionalSession(context: ApiContext): Promise<SignedIn | null>
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
  clearSessionCookie(context: ApiContext): void
  readonly toUserSession: typeof toUserSession
  readonly toManagedSession: typeof toManagedSession
  readonly toUserDevice: typeof toUserDevice
}

export interface ApiToolsOptions {
  readonly sessions: Sessions
  readonly guard: SessionGuard
  readonly authenticateService: AuthenticateService
}

export function createApiTools(options: ApiToolsOptions): ApiTools {
  const { sessions, guard } = options
  const session = sessionTools(guard)
  const service = serviceTools(options.authenticateService)
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

type SessionTools = Pick<ApiTools, 'requireSession' | 'optionalSession'>

function sessionTools(guard: SessionGuard): SessionTools {
  async function outcomeOf(context: ApiContext, activity?: Activity): Promise<GuardOutcome> {
    const known = context.get('signedIn')
    if (known !== undefined) return { kind: 'signed-in', ...known }
    const outcome = await guard.check(context.req.raw, activity)
    if (outcome.kind === 'signed-in') {
      context.set('signedIn', { session: outcome.session, credential: outcome.credential })
    }
    return outcome
  }
  return {
    async requireSession(context, activity) {
      const outcome = await outcomeOf(context, activity)
      if (outcome.kind === 'signed-in') return outcome
      if (outcome.kind === 'cross-site') throw crossSiteRequest()
      throw unauthenticated(outcome.kind === 'refused' ? outcome.setCookies : [])
    },
    async optionalSession(context) {
      const outcome = await outcomeOf(context)
      return outcome.kind === 'signed-in' ? outcome : null
    },
  }
}

function serviceTools(authenticate: AuthenticateService): Pick<ApiTools, 'requireService'> {
  return {
    async requireService(context) {
      const known = context.get('service')
      if (known !== undefined) return known
      const bearer = bearerToken(context.req.header('authorization') ?? null)
      const service = bearer.kind === 'present' ? await authenticate(bearer.token) : null
      if (service === null) throw unauthenticated()
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
  const connectionOf = (context: ApiContext) => context.env?.connection ?? unknownConnection
  const setCookie = (context: ApiContext, value: string) =>
    context.header('Set-Cookie', value, { append: true })
  return {
    requestFacts: (context) => guard.facts(context.req.raw, connectionOf(context)),
    checkSameOrigin(context) {
      if (!guard.mayObtainCookie(context.req.raw)) throw crossSiteRequest()
    },
    async startSession(context, newSession, transport) {
      // Without a cookie jar there is no browser to know again.
      const device = transport === 'bearer' ? { deviceTokens: null } : {}
      const request = { ...device, ...newSession }
      const started = await guard.startSession(context.req.raw, request, connectionOf(context))
      const { setCookies, ...created } = started
      if (transport === 'cookie') {
        for (const value of setCookies) setCookie(context, value)
        for (const [name, value] of Object.entries(acceptClientHints)) context.header(name, value)
      }
      return created
    },
    setSessionCookie: (context, created) => setCookie(context, guard.sessionCookie(created)),
    clearSessionCookie: (context) => setCookie(context, guard.clearingCookie()),
  }
}
