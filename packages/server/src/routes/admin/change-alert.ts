import { createRoute, z } from '@hono/zod-openapi'
import { type AlertChange, alertStates } from 'latchkey'
import { alertIdInPath, alertNotFound, alertSchema, bySession, ProblemError, problems } from 'latchkey/http'
import { alertsOnWire } from '../../alerts/alert-on-wire.ts'
import { recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

const body = z.strictObject({
  state: z.enum(alertStates).optional(),
  assignee: z
    .string()
    .min(1)
    .max(255)
    .nullable()
    .optional()
    .openapi({ description: 'The id or the email address of an administrator, or `me`; null: nobody.' }),
  note: z.string().trim().min(1).max(2_000).refine(storable, 'must be text without NUL').optional(),
  version: z.int().min(1).optional().openapi({
    description: 'The one that you have seen: where there is another now, nothing is changed (`conflict`).',
  }),
})

const route = createRoute({
  method: 'patch',
  path: '/api/v1/admin/alerts/{alert_id}',
  tags: ['administration'],
  summary: 'Look after an alert',
  description: 'What is left out stays as it is; a note is added to those that there are.',
  security: bySession,
  request: {
    params: z.object({ alert_id: alertIdInPath }),
    body: { required: true, content: { 'application/json': { schema: body } } },
  },
  responses: {
    200: { description: 'The alert as it is now.', content: { 'application/json': { schema: alertSchema } } },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'reauthentication-required',
      'not-found',
      'conflict',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `PATCH /api/v1/admin/alerts/{alert_id}` */
export function addChangeAlert(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...route, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const change = await changeOf(routes, context.req.valid('json'), account.id)
    const outcome = await program.sessions.changeAlert(context.req.valid('param').alert_id, change, {
      by: `admin:${account.id}`,
      request: context.get('requestId'),
    })
    if (outcome.kind === 'stale') throw stale()
    const [alert] = outcome.kind === 'changed' ? await alertsOnWire(program, [outcome.alert]) : []
    if (alert === undefined) throw alertNotFound()
    return context.json(alert, 200)
  })
}

async function changeOf(
  { program }: RouteContext,
  { state, assignee, note, version }: z.output<typeof body>,
  ownId: string,
): Promise<AlertChange> {
  const wanted = assignee === 'me' ? ownId : assignee
  const assigned = typeof wanted === 'string' ? await administratorOf(program, wanted) : wanted
  return {
    ...(state !== undefined && { state }),
    ...(assigned !== undefined && { assignee: assigned }),
    ...(note !== undefined && { note }),
    ...(version !== undefined && { version }),
  }
}

async function administratorOf({ accounts }: RouteContext['program'], named: string): Promise<string> {
  const account = (await accounts.find(named)) ?? (await accounts.findByEmail(named))
  if (account?.role !== 'admin') throw noAdministrator()
  return account.id
}

function noAdministrator(): ProblemError {
  return new ProblemError('invalid-input', 'assignee: is no administrator.', { field: 'assignee' })
}

function stale(): ProblemError {
  return new ProblemError('conflict', 'Somebody changed the alert since you read it. Nothing was changed.')
}
