import { createRoute } from '@hono/zod-openapi'
import type { AuditVerification } from 'latchkey'
import { auditVerificationResponseSchema, bySession, problems } from 'latchkey/http'
import { verificationOnWire } from '../../audit/verification-on-wire.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/audit/verification',
  tags: ['administration'],
  summary: 'Whether the audit log is as it was written',
  description:
    'Recomputes the chain over the whole log: some seconds for a million entries. Who asks meanwhile gets the same answer.',
  security: bySession,
  responses: {
    200: {
      description: 'What was found, also where the chain does not hold.',
      content: { 'application/json': { schema: auditVerificationResponseSchema } },
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

/** `GET /api/v1/admin/audit/verification` */
export function addAuditVerification(routes: RouteContext): void {
  const { app, program } = routes
  let underway: Promise<AuditVerification> | null = null
  const verified = (): Promise<AuditVerification> => {
    underway ??= program.sessions.verifyAudit().finally(() => {
      underway = null
    })
    return underway
  }
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    return context.json(verificationOnWire(await verified()), 200)
  })
}
