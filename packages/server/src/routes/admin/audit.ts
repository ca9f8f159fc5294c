import { createRoute, z } from '@hono/zod-openapi'
import { sessionEventTypes } from 'latchkey'
import { auditEntriesResponseSchema, bySession, problems } from 'latchkey/http'
import { auditPage } from '../../audit/audit-page.ts'
import { labelledEntries } from '../../audit/labels.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { instantInRequest } from './instant-in-request.ts'

const id = z.string().min(1).max(255)

const query = z.object({
  user_id: id.optional().openapi({ description: 'Whom it is about.' }),
  session_id: id.optional(),
  actor: id.optional().openapi({
    description: 'Who did it: `user:<id>`, `admin:<id>`, `service:<key id>`, `command-line` or `system`.',
  }),
  request_id: z.string().min(1).max(200).optional().openapi({
    description:
      'Of the request that asked for it, the alert that it answers, or the bulk ending that it is a part of.',
  }),
  event: z.string().min(1).max(100).optional().openapi({
    description: 'A name of the OWASP Logging Vocabulary. A page may then hold fewer than `limit`.',
    example: 'authn_login_fail',
  }),
  type: z.enum(sessionEventTypes).optional(),
  from: instantInRequest.optional().openapi({ description: 'From that instant on.' }),
  until: instantInRequest.optional().openapi({ description: 'Before that instant.' }),
  cursor: z.string().min(1).max(512).optional().openapi({ description: '`next_cursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/audit',
  tags: ['administration'],
  summary: 'The audit log, newest first',
  security: bySession,
  request: { query },
  responses: {
    200: {
      description: 'One page.',
      content: { 'application/json': { schema: auditEntriesResponseSchema } },
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

/** `GET /api/v1/admin/audit` */
export function addAudit(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const {
      user_id: userId,
      session_id: sessionId,
      type,
      cursor = null,
      ...rest
    } = context.req.valid('query')
    const { limit, event = null, actor, request_id: request, from, until } = rest
    const conditions = {
      ...(userId !== undefined && { userId }),
      ...(sessionId !== undefined && { sessionId }),
      ...(actor !== undefined && { actor }),
      ...(request !== undefined && { request }),
      ...(type !== undefined && { types: [type] }),
      ...(from !== undefined && { from }),
      ...(until !== undefined && { until }),
    }
    const page = await auditPage(program.sessions, { conditions, event }, { cursor, limit })
    const entries = await labelledEntries(program.accounts, page.items)
    return context.json({ entries, next_cursor: page.next }, 200)
  })
}
