import { createRoute } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { listSessions } from '../list-sessions.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { sessionsResponseSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/sessions',
  tags: ['own sessions'],
  summary: 'Your live sessions',
  description: 'Newest activity first, the one that asks included.',
  security: bySession,
  responses: {
    200: {
      description: 'The sessions',
      content: { 'application/json': { schema: sessionsResponseSchema } },
    },
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function listOwnSessions(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    return context.json(await listSessions(tools.sessions, session.userId, session.id), 200)
  })
}
