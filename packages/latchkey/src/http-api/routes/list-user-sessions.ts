import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { listSessions } from '../list-sessions.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { userIdInPath } from '../request-schemas.ts'
import { sessionsResponseSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/users/{user_id}/sessions',
  tags: ['host back ends'],
  summary: "A user's live sessions",
  security: byApiKey,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: {
      description: 'The sessions; none for a user that nobody has heard of',
      content: { 'application/json': { schema: sessionsResponseSchema } },
    },
    ...problems('unauthenticated', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function listUserSessions(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { user_id } = context.req.valid('param')
    return context.json(await listSessions(tools.sessions, user_id, null), 200)
  })
}
