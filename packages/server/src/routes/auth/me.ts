import { createRoute } from '@hono/zod-openapi'
import { bySession, meResponseSchema, problems } from 'latchkey/http'
import { requireAccount } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { accountUser } from './account-user.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/auth/me',
  tags: ['signing in'],
  summary: 'Who is signed in',
  security: bySession,
  responses: {
    200: {
      description: 'The account and the session of the request.',
      content: { 'application/json': { schema: meResponseSchema } },
    },
    ...problems('unauthenticated', 'forbidden', 'too-many-attempts', 'storage-unavailable'),
  },
})

/** `GET /api/v1/auth/me` */
export function addMe(routes: RouteContext): void {
  routes.app.openapi(route, async (context) => {
    const { account, session } = await requireAccount(routes, context)
    return context.json(
      { user: accountUser(account), session: routes.tools.toUserSession(session, session.id) },
      200,
    )
  })
}
