import { createRoute, z } from '@hono/zod-openapi'
import { ownAlertsResponseSchema } from '../alert-schemas.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { ownAlerts } from '../own-alerts.ts'
import { problems } from '../problem-schema.ts'
import { userIdInPath } from '../request-schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/users/{user_id}/alerts',
  tags: ['host back ends'],
  summary: "What was noticed about a user's sessions",
  description: 'As the user would see it; `may_confirm` is false of those that were answered only.',
  security: byApiKey,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: {
      description: 'The alerts; none for a user that nobody has heard of',
      content: { 'application/json': { schema: ownAlertsResponseSchema } },
    },
    ...problems('unauthenticated', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

/** `GET /api/v1/users/{user_id}/alerts` */
export function listUserAlerts(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { user_id: userId } = context.req.valid('param')
    return context.json({ alerts: await ownAlerts(tools.sessions, userId, null) }, 200)
  })
}
