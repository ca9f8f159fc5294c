import { createRoute } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { userSessionSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/sessions/current',
  tags: ['own sessions'],
  summary: 'The session that asks',
  security: bySession,
  responses: {
    200: { description: 'The session', content: { 'application/json': { schema: userSessionSchema } } },
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function currentSession(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    return context.json(tools.toUserSession(session, session.id), 200)
  })
}
