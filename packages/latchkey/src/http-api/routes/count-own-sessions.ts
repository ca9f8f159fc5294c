import { createRoute } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { sessionCountResponseSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/sessions/count',
  tags: ['own sessions'],
  summary: 'How many live sessions you have',
  security: bySession,
  responses: {
    200: {
      description: 'The number',
      content: { 'application/json': { schema: sessionCountResponseSchema } },
    },
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function countOwnSessions(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    return context.json({ active_sessions: await tools.sessions.getSessionCountByUser(session.userId) }, 200)
  })
}
