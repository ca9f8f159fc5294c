import { createRoute, z } from '@hono/zod-openapi'
import { bySession, managedSessionsResponseSchema, problems } from 'latchkey/http'
import { conditionsOfParameters, filterParameters } from '../../filters/filter-parameters.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { managedSessions } from './managed-sessions.ts'

const query = z.object({
  ...filterParameters,
  cursor: z.string().min(1).max(512).optional().openapi({ description: '`next_cursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/sessions',
  tags: ['administration'],
  summary: 'Sessions of all users, newest first',
  security: bySession,
  request: { query },
  responses: {
    200: {
      description: 'One page.',
      content: { 'application/json': { schema: managedSessionsResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET /api/v1/admin/sessions` */
export function addListSessions(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    const { session } = await requireAdmin(routes, context)
    const { cursor = null, limit, ...wanted } = context.req.valid('query')
    const conditions = await conditionsOfParameters(program, wanted)
    const page = await program.sessions.listSessions(conditions, { cursor, limit })
    return context.json(
      { sessions: await managedSessions(routes, page.items, session.id), next_cursor: page.next },
      200,
    )
  })
}
