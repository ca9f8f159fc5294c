import { createRoute } from '@hono/zod-openapi'
import { ownAlertsResponseSchema } from '../alert-schemas.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { bySession } from '../openapi.ts'
import { ownAlerts } from '../own-alerts.ts'
import { problems } from '../problem-schema.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/alerts',
  tags: ['own alerts'],
  summary: 'What was noticed about your sessions',
  description: 'Newest first; at most 50.',
  security: bySession,
  responses: {
    200: {
      description: 'The alerts',
      content: { 'application/json': { schema: ownAlertsResponseSchema } },
    },
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

/** `GET /api/v1/security/alerts` */
export function listOwnAlerts(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    const alerts = await ownAlerts(tools.sessions, session.userId, session)
    return context.json({ alerts }, 200)
  })
}
