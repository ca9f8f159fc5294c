import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { endedMessage } from '../ended-message.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { userIdInPath } from '../request-schemas.ts'
import { revokeSessionsResponseSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/users/{user_id}/sessions',
  tags: ['host back ends'],
  summary: "End all of a user's sessions",
  description: '`current` is always `kept`: a back end asks in no session.',
  security: byApiKey,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: {
      description: 'They are over',
      content: { 'application/json': { schema: revokeSessionsResponseSchema } },
    },
    ...problems('unauthenticated', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function endUserSessions(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const count = await tools.sessions.invalidateAllUserSessions(context.req.valid('param').user_id, {
      by: `service:${service.id}`,
      request: context.get('requestId'),
    })
    return context.json({ message: endedMessage(count), revoked_count: count, current: 'kept' as const }, 200)
  })
}
