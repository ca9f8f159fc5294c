import { createRoute } from '@hono/zod-openapi'
import { bySession, problems, totalsResponseSchema } from 'latchkey/http'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/totals',
  tags: ['administration'],
  summary: 'Sessions of all users in numbers',
  security: bySession,
  responses: {
    200: {
      description:
        '`expired` holds idle timeouts, `revoked` tokens that two held and changes of network, and `replaced` what a limit of sessions ended.',
      content: { 'application/json': { schema: totalsResponseSchema } },
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

/** `GET /api/v1/admin/totals` */
export function addTotals(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const { active, created, ended } = await program.sessions.getTotals()
    return context.json(
      {
        active_sessions: active,
        created,
        ended: {
          logout: ended.logout,
          expired: ended.expired + ended['idle-timeout'],
          revoked: ended.revoked + ended['token-reuse'] + ended['network-change'],
          replaced: ended.replaced + ended['session-limit'],
        },
      },
      200,
    )
  })
}
