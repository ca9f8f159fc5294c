import { createRoute } from '@hono/zod-openapi'
import { systemClock } from 'latchkey'
import { bySession, findingsResponseSchema, problems } from 'latchkey/http'
import { recentFindings } from '../../diagnosis/recent-findings.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/findings',
  tags: ['administration'],
  summary: 'What should be mended',
  description:
    'Up to a minute old. What `latchkey doctor` would say of the addresses of sessions: that all of them come from a proxy.',
  security: bySession,
  responses: {
    200: {
      description: 'What was found; nothing where all is well.',
      content: { 'application/json': { schema: findingsResponseSchema } },
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

/** `GET /api/v1/admin/findings` */
export function addFindings(routes: RouteContext): void {
  const findings = recentFindings(routes.program, systemClock)
  routes.app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const found = await findings()
    return context.json(
      { findings: found.map(({ check, saw, mend }) => ({ check, message: saw, remedy: mend })) },
      200,
    )
  })
}
