import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { toOwnAuditEntry } from '../audit-entry.ts'
import { auditEntriesResponseSchema } from '../audit-schemas.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'

const query = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(512).optional().openapi({ description: '`next_cursor` of the page before.' }),
})

/** Of what administrators make of alerts its user hears by the alerts themselves: a mute would tell whom nobody watches. */
const notShown: ReadonlySet<string> = new Set(['alert.opened', 'alert.changed', 'mute.added', 'mute.removed'])

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/activity',
  tags: ['own sessions'],
  summary: 'What happened to your sessions and devices',
  description:
    'Newest first. Of administrators and back ends it says that it was one of them, and not which one.',
  security: bySession,
  request: { query },
  responses: {
    200: {
      description: 'One page; it may hold fewer than `limit`',
      content: { 'application/json': { schema: auditEntriesResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET /api/v1/security/activity` */
export function ownActivity(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    const { limit, cursor = null } = context.req.valid('query')
    const { items, next } = await tools.sessions.listEvents({ userId: session.userId }, { cursor, limit })
    const shown = items.filter(({ type }) => !notShown.has(type))
    return context.json({ entries: shown.map(toOwnAuditEntry), next_cursor: next }, 200)
  })
}
