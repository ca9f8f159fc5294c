import { createRoute } from '@hono/zod-openapi'
import { sessionAnalyticsSchema } from '../analytics-schema.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { toSessionAnalytics } from '../user-analytics.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/sessions/analytics',
  tags: ['own sessions'],
  summary: 'Your sessions in numbers',
  security: bySession,
  responses: {
    200: { description: 'The numbers', content: { 'application/json': { schema: sessionAnalyticsSchema } } },
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function ownAnalytics(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    return context.json(toSessionAnalytics(await tools.sessions.getSessionAnalytics(session.userId)), 200)
  })
}
