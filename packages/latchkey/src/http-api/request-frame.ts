import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Clock } from '../foundation/time.ts'
import type { AllowedOrigins } from '../transport/allowed-origins.ts'
import type { ApiContext, ApiEnvironment } from './api-environment.ts'
import { corsHeaders } from './cors.ts'
import type { HeaderPairs } from './node-answers.ts'
import { newRequestId } from './request-id.ts'

/** What is told of an answered request. Nothing in it comes from the client as it is, the method aside. */
export interface AnsweredRequest {
  readonly method: string
  /** The pattern of the route (`/api/v1/security/sessions/:session_id`), or `unmatched`; never the path. */
  readonly route: string
  readonly status: number
  readonly durationMs: number
  readonly requestId: string
}

/** What every answer says unless its route says otherwise: it is for one reader, once. */
const headersOfAnswers = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Cache-Control', 'no-store'],
] as const

/** What every answer of the API says: it depends on who asks, and on whose page asks where several may. */
export function headersOfApiAnswers(allowed: AllowedOrigins): HeaderPairs {
  return [
    ...headersOfAnswers,
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Vary', allowed.size === 0 ? 'Cookie, Authorization' : 'Cookie, Authorization, Origin'],
  ]
}

/** Around every request: its id, the headers that every answer has, and word of it to whoever keeps logs. */
export function requestFrame(
  clock: Clock,
  onRequest: (done: AnsweredRequest) => void,
  allowed: AllowedOrigins,
): MiddlewareHandler<ApiEnvironment> {
  const ofApi = headersOfApiAnswers(allowed)
  return async (context, next) => {
    const startedAt = clock.monotonic()
    const requestId = newRequestId()
    context.set('requestId', requestId)
    await next()
    setCommonHeaders(context, requestId, ofApi, allowed)
    onRequest({
      method: context.req.method,
      route: routeOf(context),
      status: context.res.status,
      durationMs: clock.monotonic() - startedAt,
      requestId,
    })
  }
}

/** A route may have said how its answer is cached (hashed static files); everything else is for one reader, once. */
function setCommonHeaders(
  context: ApiContext,
  requestId: string,
  ofApi: HeaderPairs,
  allowed: AllowedOrigins,
): void {
  const headers = writableHeaders(context)
  headers.set('X-Request-Id', requestId)
  const isOfApi = context.req.path.startsWith('/api/')
  for (const [name, value] of isOfApi ? ofApi : headersOfAnswers) {
    if (name === 'Vary') headers.append(name, value)
    else if (name !== 'Cache-Control' || !headers.has(name)) headers.set(name, value)
  }
  if (isOfApi) for (const [name, value] of corsHeaders(context.req.raw, allowed)) headers.set(name, value)
  if (context.get('isDecidedBySite') === true) headers.append('Vary', 'Origin, Sec-Fetch-Site')
  setRotatedCookies(context, headers)
}

/** Whatever the answer is, it is then for one reader. */
function setRotatedCookies(context: ApiContext, headers: Headers): void {
  const setCookies = context.get('rotatedCookies') ?? []
  for (const setCookie of setCookies) headers.append('Set-Cookie', setCookie)
  if (setCookies.length > 0) headers.set('Cache-Control', 'no-store')
}

/** Written to directly: `context.header` copies an answer that is there already, once for each header. */
function writableHeaders(context: ApiContext): Headers {
  try {
    context.res.headers.delete('X-Request-Id')
  } catch {
    // What came from `fetch` cannot be written to.
    context.res = new Response(context.res.body, context.res)
  }
  return context.res.headers
}

/** Of what matched, the last that is no middleware for every path. `/a/*` matches `/a`, too: the exact one is told. */
function routeOf(context: ApiContext): string {
  const patterns = matchedRoutes(context).map(({ path }) => path)
  const last = patterns.findLast((path) => path !== '*' && path !== '/*') ?? 'unmatched'
  const exact = last.replace(/\/\*$/, '')
  return patterns.includes(exact) ? exact : last
}
