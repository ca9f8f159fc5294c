import { createRoute, z } from '@hono/zod-openapi'
import { ProblemError, problems } from 'latchkey/http'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'post',
  path: '/api/v1/auth/logout',
  tags: ['signing in'],
  summary: 'Sign out',
  security: [],
  description: 'Ends the session of the request, if it is in one, and clears the cookie in any case.',
  responses: {
    200: {
      description: 'Signed out.',
      content: {
        'application/json': { schema: z.object({ message: z.string() }).openapi('LogoutResponse') },
      },
    },
    ...problems('cross-site-request', 'storage-unavailable'),
  },
})

/** `POST /api/v1/auth/logout` */
export function addLogout({ app, tools }: RouteContext): void {
  app.openapi(route, async (context) => {
    const request = context.get('requestId')
    const { setCookie } = await tools.guard.endSession(context.req.raw, { request })
    if (setCookie === null) {
      throw new ProblemError('cross-site-request', 'Only the application itself may sign out.')
    }
    tools.clearSessionCookie(context)
    return context.json({ message: 'You are signed out.' }, 200)
  })
}
