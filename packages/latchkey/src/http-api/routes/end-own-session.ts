import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { endSession } from '../end-session.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { sessionIdInPath } from '../request-schemas.ts'
import { revokeSessionResponseSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/security/sessions/{session_id}',
  tags: ['own sessions'],
  summary: 'End one of your sessions',
  description:
    'Ending the one that asks signs it out and clears its cookie. Ending another needs a recent proof of identity.',
  security: bySession,
  request: { params: z.object({ session_id: sessionIdInPath }) },
  responses: {
    200: {
      description: 'It is over',
      content: { 'application/json': { schema: revokeSessionResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'reauthentication-required',
      'not-found',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

export function endOwnSession(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    const { session_id } = context.req.valid('param')
    const isCurrent = session_id === session.id
    if (!isCurrent) await tools.requireRecent(context)
    const answer = await endSession(tools, context, session_id, {
      ofUser: session.userId,
      by: `user:${session.userId}`,
      reason: isCurrent ? 'logout' : 'revoked',
    })
    if (isCurrent) tools.clearSessionCookie(context)
    return context.json(answer, 200)
  })
}
