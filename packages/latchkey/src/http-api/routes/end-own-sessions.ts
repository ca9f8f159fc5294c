import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { endedMessage } from '../ended-message.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { revokeSessionsResponseSchema } from '../session-schemas.ts'

const scope = z
  .enum(['all', 'others'])
  .default('all')
  .openapi({ param: { name: 'scope', in: 'query' }, description: '`others` keeps the session that asks.' })

const route = createRoute({
  method: 'delete',
  path: '/api/v1/security/sessions',
  tags: ['own sessions'],
  summary: 'End all of your sessions, or all others',
  description:
    'Needs a recent proof of identity. Signing out of the one that asks does not: end it by its id.',
  security: bySession,
  request: { query: z.object({ scope }) },
  responses: {
    200: {
      description: 'They are over',
      content: { 'application/json': { schema: revokeSessionsResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'reauthentication-required',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

export function endOwnSessions(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireRecent(context)
    const keepsCurrent = context.req.valid('query').scope === 'others'
    const count = await tools.sessions.invalidateAllUserSessions(session.userId, {
      by: `user:${session.userId}`,
      request: context.get('requestId'),
      ...(keepsCurrent ? { except: session.id } : {}),
    })
    if (!keepsCurrent) tools.clearSessionCookie(context)
    const current = keepsCurrent ? ('kept' as const) : ('revoked' as const)
    return context.json({ message: endedMessage(count), revoked_count: count, current }, 200)
  })
}
