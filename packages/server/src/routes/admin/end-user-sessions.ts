import { createRoute, z } from '@hono/zod-openapi'
import { bySession, problems, revokeSessionsResponseSchema, userIdInPath } from 'latchkey/http'
import { recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { sessionsEnded } from './sessions-ended.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/admin/users/{user_id}/sessions',
  tags: ['administration'],
  summary: 'End all sessions of a user',
  security: bySession,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: {
      description: 'They are over, the one of the request included where it was among them.',
      content: { 'application/json': { schema: revokeSessionsResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'reauthentication-required',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `DELETE /api/v1/admin/users/{user_id}/sessions` */
export function addEndUserSessions(routes: RouteContext): void {
  const { app, tools, program } = routes
  app.openapi({ ...route, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account, session, credential } = await requireAdmin(routes, context)
    const { user_id: userId } = context.req.valid('param')
    const count = await program.sessions.invalidateAllUserSessions(userId, {
      reason: 'revoked',
      by: `admin:${account.id}`,
      request: context.get('requestId'),
    })
    const current = session.userId === userId ? ('revoked' as const) : ('kept' as const)
    if (current === 'revoked' && credential === 'cookie') tools.clearSessionCookie(context)
    return context.json(
      {
        message: sessionsEnded(count),
        revoked_count: count,
        current,
      },
      200,
    )
  })
}
