import { createRoute, z } from '@hono/zod-openapi'
import {
  bySession,
  knownShape,
  ProblemError,
  problems,
  revokeSessionResponseSchema,
  sessionIdInPath,
} from 'latchkey/http'
import { recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/admin/sessions/{session_id}',
  tags: ['administration'],
  summary: 'End any session',
  security: bySession,
  request: { params: z.object({ session_id: sessionIdInPath }) },
  responses: {
    200: {
      description: 'It is over.',
      content: { 'application/json': { schema: revokeSessionResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'reauthentication-required',
      'not-found',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `DELETE /api/v1/admin/sessions/{session_id}` */
export function addEndSession(routes: RouteContext): void {
  const { app, tools, program } = routes
  app.openapi({ ...route, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account, session, credential } = await requireAdmin(routes, context)
    const id = knownShape(context.req.valid('param').session_id)
    if (!(await program.sessions.getSession(id))) {
      throw new ProblemError('not-found', 'There is no such session.')
    }
    const revoked = await program.sessions.invalidateSession(id, {
      reason: 'revoked',
      by: `admin:${account.id}`,
      request: context.get('requestId'),
    })
    if (id === session.id && credential === 'cookie') tools.clearSessionCookie(context)
    return context.json(
      { message: revoked ? 'The session was ended.' : 'The session had ended before.', revoked },
      200,
    )
  })
}
