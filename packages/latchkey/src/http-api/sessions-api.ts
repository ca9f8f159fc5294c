import { OpenAPIHono } from '@hono/zod-openapi'
import { systemClock } from '../foundation/time.ts'
import { systemTimers, type Timers } from '../foundation/timers.ts'
import type { AllowedOrigins } from '../transport/allowed-origins.ts'
import { parsePublicUrl } from '../transport/public-address.ts'
import type { ConnectionFacts } from '../transport/request-head.ts'
import { createSessionGuard, type SessionGuardOptions } from '../transport/session-guard.ts'
import { allowedMethods } from './allowed-methods.ts'
import { type AnswerAtOnce, createAnswerAtOnce } from './answer-at-once.ts'
import type { ApiApp, ApiEnvironment, AuthenticateService } from './api-environment.ts'
import { type ApiTools, createApiTools } from './api-tools.ts'
import { preflightAnswer } from './cors.ts'
import { refuseInvalidInput } from './invalid-input.ts'
import { limitedBody } from './limited-body.ts'
import type { HeaderPairs } from './node-answers.ts'
import { describeSecurity, openApiDocument, serveOpenApiDocument } from './openapi.ts'
import { ProblemError, problemCodes } from './problem.ts'
import { problemResponse, toProblemError } from './problem-response.ts'
import type { Refusals } from './refusals.ts'
import { type AnsweredRequest, requestFrame } from './request-frame.ts'
import { newRequestId } from './request-id.ts'
import { addRoutes } from './routes/add-routes.ts'
import { SessionStreams } from './session-streams.ts'
import { toldSafely } from './told-safely.ts'
import { wellEncodedUserId } from './well-encoded-user-id.ts'

/** What the API is made of: only `sessions` and `publicUrl` have to be named. */
export interface SessionsApiOptions extends SessionGuardOptions {
  /** Who an API key belongs to; null where it is none. Default: no key is accepted. */
  readonly authenticateService?: AuthenticateService
  /** Counts credentials that were refused, so that whoever guesses is answered 429. Default: nobody does. */
  readonly refusals?: Refusals
  /** Adds routes of your own: same guard, same errors, same OpenAPI document. Called once, after the API's own. */
  readonly extend?: (app: ApiApp, tools: ApiTools) => void
  /** Told of every answer that is a 5xx, with what caused it. */
  readonly onRequestError?: (error: unknown, requestId: string) => void
  /** Told of every answer, for logs and metrics. */
  readonly onRequest?: (done: AnsweredRequest) => void
  /** Headers that every answer carries that does not say otherwise itself, whoever made it: the rules of a site for browsers, say. */
  readonly answerHeaders?: HeaderPairs
  /** Default: the machine's. */
  readonly timers?: Timers
}

/** The API as one function. */
export interface SessionsApi {
  /** Never rejects. */
  fetch(request: Request, connection?: ConnectionFacts): Promise<Response>
  /**
   * Answers a request of `node:http` without `Request`, router and promises when it is one of the many that proxies
   * and host back ends ask: whose session it is (`forward-auth`, `sessions/verify`), which the cache knows. What it
   * answers is what `fetch` would. False: nothing was written or read, and the request is for `fetch`. `passOn` is
   * called instead of an answer where that shows only in the body; without it no body is read. Never throws.
   */
  readonly answerAtOnce: AnswerAtOnce
  openApiDocument(): Record<string, unknown>
}

/**
 * The HTTP API over `sessions`, to be mounted in an application or served by itself.
 *
 * @example
 * ```ts
 * const api = createSessionsApi({ sessions, publicUrl: 'https://app.example.com' })
 * const response = await api.fetch(request, { remoteAddress: '203.0.113.7' })
 * ```
 */
export function createSessionsApi(options: SessionsApiOptions): SessionsApi {
  const {
    sessions,
    clock = systemClock,
    timers = systemTimers,
    authenticateService = async () => null,
    answerHeaders = [],
    refusals,
  } = options
  const { allowedOrigins } = parsePublicUrl(options.publicUrl, options.allowedOrigins)
  const guard = createSessionGuard(options)
  const atOnce = { answerHeaders, refusals, allowedOrigins }
  const tools = createApiTools({ sessions, guard, authenticateService, refusals, clock })
  const app: ApiApp = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalidInput })

  const onRequest = toldSafely(options.onRequest)
  const refuse = refusal(toldSafely(options.onRequestError))

  app.onError((error, context) => refuse(error, context.get('requestId')))
  app.use(requestFrame(clock, onRequest, allowedOrigins))
  app.use(limitedBody())
  app.use('/api/v1/users/*', wellEncodedUserId())
  describeSecurity(app, guard.cookieName)
  addRoutes(app, tools, new SessionStreams({ sessions, clock, timers }))
  serveOpenApiDocument(app, options.publicUrl)
  options.extend?.(app, tools)
  refuseUnknownPaths(app, allowedOrigins)

  return {
    fetch: fetchOf(app, refuse, answerHeaders),
    answerAtOnce: createAnswerAtOnce({ ...tools, ...atOnce, authenticateService, clock, onRequest }),
    openApiDocument: () => openApiDocument(app, options.publicUrl),
  }
}

type Refuse = (error: unknown, requestId: string) => Response

function refusal(onRequestError: (error: unknown, requestId: string) => void): Refuse {
  return (error, requestId) => {
    const problem = toProblemError(error)
    if (problemCodes[problem.code].status >= 500) onRequestError(problem.cause ?? error, requestId)
    return problemResponse(problem, requestId)
  }
}

function fetchOf(app: ApiApp, refuse: Refuse, answerHeaders: HeaderPairs): SessionsApi['fetch'] {
  async function answer(request: Request, connection?: ConnectionFacts): Promise<Response> {
    try {
      return await app.fetch(request, connection === undefined ? {} : { connection })
    } catch (error) {
      return refuse(error, newRequestId())
    }
  }
  return async (request, connection) => {
    const response = await answer(request, connection)
    for (const [name, value] of answerHeaders) {
      if (!response.headers.has(name)) response.headers.set(name, value)
    }
    return response
  }
}

/** After every route is there: the preflight of an allowed origin is answered; 405 where the path is known, 404 where it is not. */
function refuseUnknownPaths(app: ApiApp, allowedOrigins: AllowedOrigins): void {
  const methodsOf = allowedMethods(app)
  app.notFound((context) => {
    const allowed = methodsOf(context.req.path)
    const preflight = allowed.length === 0 ? null : preflightAnswer(context.req.raw, allowedOrigins, allowed)
    if (preflight !== null) return preflight
    const isAllowed = allowed.includes(context.req.method)
    if (allowed.length > 0 && !isAllowed) {
      throw new ProblemError('method-not-allowed', 'This path does not know the method.', {
        headers: { Allow: allowed.join(', ') },
      })
    }
    throw new ProblemError('not-found', 'There is nothing at this path.')
  })
}
