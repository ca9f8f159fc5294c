import { createRoute, z } from '@hono/zod-openapi'
import { encodeHeaderText } from '../../transport/header-text.ts'
import type { ApiApp, ApiContext } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { connectionOf } from '../session-tools.ts'

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
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function forwardAuth(app: ApiApp, tools: ApiTools): void {
  // The proxy asks in the name of a request to another application, whose origin and method say nothing here.
  const answer = async (context: ApiContext): Promise<Response> => {
    const request = context.get('requestId')
    const outcome = await tools.guard.identify(context.req.raw, {
      connection: connectionOf(context),
      request,
    })
    if (outcome.kind !== 'signed-in') throw tools.refusalOf(context, outcome)
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
