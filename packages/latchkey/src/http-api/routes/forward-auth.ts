import { createRoute, z } from '@hono/zod-openapi'
import type { GuardOutcome } from '../../transport/guard-outcome.ts'
import { encodeHeaderText } from '../../transport/header-text.ts'
import type { ApiApp, ApiContext } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { bySession } from '../openapi.ts'
import { type ProblemError, unauthenticated } from '../problem.ts'
import { problems } from '../problem-schema.ts'

export const forwardAuthPath = '/api/v1/forward-auth'
export const userHeader = 'X-Latchkey-User'
export const sessionHeader = 'X-Latchkey-Session'

const route = createRoute({
  method: 'get',
  path: forwardAuthPath,
  tags: ['reverse proxies'],
  summary: 'Whether the visitor is signed in',
  description: 'For nginx `auth_request`, Caddy and Traefik `forward_auth`, Envoy `ext_authz`.',
  security: bySession,
  responses: {
    200: {
      description: 'Signed in',
      headers: z.object({
        [userHeader]: z.string().openapi({
          description: 'The user id; what is not printable ASCII, and `%`, is percent-encoded.',
        }),
        [sessionHeader]: z.string().openapi({ description: 'The public id of the session.' }),
      }),
    },
    ...problems('unauthenticated', 'storage-unavailable'),
  },
})

export function forwardAuth(app: ApiApp, tools: ApiTools): void {
  // The proxy asks in the name of a request to another application, whose origin and method say nothing here.
  const answer = async (context: ApiContext): Promise<Response> => {
    const outcome = await tools.guard.identify(context.req.raw)
    if (outcome.kind !== 'signed-in') throw refusalOf(outcome)
    context.header('Content-Length', '0')
    context.header(userHeader, encodeHeaderText(outcome.session.userId))
    context.header(sessionHeader, outcome.session.id)
    return context.body(null, 200)
  }
  app.openapi(route, answer)
  // Envoy keeps the visitor's method and appends the visitor's path, which begins with a slash.
  app.all(`${route.path}/*`, (context) =>
    context.req.path === route.path ? context.notFound() : answer(context),
  )
}

/** What a proxy is told of everybody who is not signed in. */
export function refusalOf(outcome: Exclude<GuardOutcome, { kind: 'signed-in' }>): ProblemError {
  return unauthenticated(outcome.kind === 'refused' ? outcome.setCookies : [])
}
