import { createRoute, z } from '@hono/zod-openapi'
import { sessionAnalyticsSchema } from '../analytics-schema.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { userIdInPath } from '../request-schemas.ts'
import { toSessionAnalytics } from '../user-analytics.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/users/{user_id}/sessions/analytics',
  tags: ['host back ends'],
  summary: "A user's sessions in numbers",
  security: byApiKey,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: { description: 'The numbers', content: { 'application/json': { schema: sessionAnalyticsSchema } } },
    ...problems('unauthenticated', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function userAnalytics(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { user_id } = context.req.valid('param')
    return context.json(toSessionAnalytics(await tools.sessions.getSessionAnalytics(user_id)), 200)
  })
}
