import { createRoute } from '@hono/zod-openapi'
import { systemClock } from 'latchkey'
import { bySession, problems, retentionResponseSchema } from 'latchkey/http'
import { retentionReport } from '../../retention/retention-report.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/retention',
  tags: ['administration'],
  summary: 'What retention would forget now, by kind',
  security: bySession,
  responses: {
    200: {
      description: 'Nothing is forgotten by asking. Counts stop at 100,000.',
      content: { 'application/json': { schema: retentionResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET /api/v1/admin/retention` */
export function addRetention(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const at = systemClock.now()
    return context.json(retentionReport(at, await program.sessions.forgettable()), 200)
  })
}
