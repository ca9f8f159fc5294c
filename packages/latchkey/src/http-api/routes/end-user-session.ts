import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { endSession } from '../end-session.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { sessionIdInPath, userIdInPath } from '../request-schemas.ts'
import { revokeSessionResponseSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/users/{user_id}/sessions/{session_id}',
  tags: ['host back ends'],
  summary: "End one of a user's sessions",
  security: byApiKey,
  request: { params: z.object({ user_id: userIdInPath, session_id: sessionIdInPath }) },
  responses: {
    200: {
      description: 'It is over',
      content: { 'application/json': { schema: revokeSessionResponseSchema } },
    },
    ...problems('unauthenticated', 'not-found', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function endUserSession(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const { user_id, session_id } = context.req.valid('param')
    const answer = await endSession(tools, context, session_id, {
      ofUser: user_id,
      by: `service:${service.id}`,
      reason: 'revoked',
    })
    return context.json(answer, 200)
  })
}
