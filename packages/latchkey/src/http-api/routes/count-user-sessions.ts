import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { userIdInPath } from '../request-schemas.ts'
import { sessionCountResponseSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/users/{user_id}/sessions/count',
  tags: ['host back ends'],
  summary: 'How many live sessions a user has',
  security: byApiKey,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: {
      description: 'The number',
      content: { 'application/json': { schema: sessionCountResponseSchema } },
    },
    ...problems('unauthenticated', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function countUserSessions(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { user_id } = context.req.valid('param')
    return context.json({ active_sessions: await tools.sessions.getSessionCountByUser(user_id) }, 200)
  })
}
