import { createRoute, z } from '@hono/zod-openapi'
import { bySession, problems } from 'latchkey/http'
import { conditionsOfParameters, filterParameters } from '../../filters/filter-parameters.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/sessions/count',
  tags: ['administration'],
  summary: 'How many sessions a filter finds',
  security: bySession,
  request: { query: z.object(filterParameters) },
  responses: {
    200: {
      description: 'Live and ended, unless the filter says otherwise.',
      content: { 'application/json': { schema: z.object({ count: z.int() }) } },
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

/** `GET /api/v1/admin/sessions/count` */
export function addCountSessions(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const conditions = await conditionsOfParameters(program, context.req.valid('query'))
    return context.json({ count: await program.sessions.countSessions(conditions) }, 200)
  })
}
