import { createRoute, z } from '@hono/zod-openapi'
import type { PolicyFacts } from 'latchkey'
import { bySession, policyResponseSchema, problems } from 'latchkey/http'
import { policyReport } from '../../policy/policy-report.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const names = z
  .preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(z.string().min(1).max(64)).max(32).optional(),
  )
  .openapi({ type: 'array', items: { type: 'string' } })

const query = z.object({
  role: names,
  device_trust: z.enum(['trusted', 'untrusted']).optional(),
  amr: names,
})

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/policy',
  tags: ['administration'],
  summary: 'The policy in force, and what it grants',
  description: 'With `role`, `device_trust` or `amr`, also what a session with these would be granted.',
  security: bySession,
  request: { query },
  responses: {
    200: {
      description: 'The terms, the rules, and what each comes from.',
      content: { 'application/json': { schema: policyResponseSchema } },
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

/** `GET /api/v1/admin/policy` */
export function addPolicy(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const facts = factsOf(context.req.valid('query'))
    const inForce = { policy: program.sessions.policy, preset: program.settings.policyPreset }
    return context.json(policyReport(inForce, facts), 200)
  })
}

/** Null where nothing was named. */
function factsOf({ role, device_trust: deviceTrust, amr }: z.output<typeof query>): PolicyFacts | null {
  if (role === undefined && deviceTrust === undefined && amr === undefined) return null
  return { roles: role ?? [], deviceTrust: deviceTrust ?? 'untrusted', amr: amr ?? [] }
}
