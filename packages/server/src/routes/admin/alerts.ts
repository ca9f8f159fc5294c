import { createRoute, z } from '@hono/zod-openapi'
import { type AlertConditions, type AlertState, alertStates, type Sessions, severities } from 'latchkey'
import {
  type AlertsResponse,
  alertIdInPath,
  alertNotFound,
  alertSchema,
  alertsResponseSchema,
  bySession,
  problems,
} from 'latchkey/http'
import { alertsOnWire } from '../../alerts/alert-on-wire.ts'
import { sumOf } from '../../alerts/sum-of.ts'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { instantInRequest, repeatable } from './instant-in-request.ts'

const id = z.string().min(1).max(255)

const query = z.object({
  state: repeatable(alertStates),
  severity: repeatable(severities),
  detector: z.string().min(1).max(100).optional(),
  user_id: id.optional(),
  session_id: id.optional(),
  assignee: z.string().max(255).optional().openapi({
    description: 'The id of an account; `me` for your own; empty: those that nobody looks after.',
  }),
  from: instantInRequest.optional().openapi({ description: 'Noticed last from that instant on.' }),
  until: instantInRequest.optional().openapi({ description: 'Before that instant.' }),
  cursor: z.string().min(1).max(512).optional().openapi({ description: '`next_cursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/admin/alerts',
  tags: ['administration'],
  summary: 'What was noticed, newest first',
  security: bySession,
  request: { query },
  responses: {
    200: { description: 'One page.', content: { 'application/json': { schema: alertsResponseSchema } } },
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

const getRoute = createRoute({
  method: 'get',
  path: '/api/v1/admin/alerts/{alert_id}',
  tags: ['administration'],
  summary: 'One alert',
  security: bySession,
  request: { params: z.object({ alert_id: alertIdInPath }) },
  responses: {
    200: { description: 'The alert.', content: { 'application/json': { schema: alertSchema } } },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'not-found',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET /api/v1/admin/alerts` and `/{alert_id}` */
export function addAlerts(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...listRoute, middleware: adminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const { cursor = null, limit, ...wanted } = context.req.valid('query')
    const { states, ...conditions } = conditionsOf(wanted, account.id)
    const [page, counts] = await Promise.all([
      program.sessions.listAlerts({ ...conditions, ...(states && { states }) }, { cursor, limit }),
      countsOf(program.sessions, conditions),
    ])
    const alerts = await alertsOnWire(program, page.items)
    return context.json({ alerts, next_cursor: page.next, counts }, 200)
  })
  app.openapi({ ...getRoute, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const found = await program.sessions.getAlert(context.req.valid('param').alert_id)
    const [alert] = found === null ? [] : await alertsOnWire(program, [found])
    if (alert === undefined) throw alertNotFound()
    return context.json(alert, 200)
  })
}

type Wanted = Omit<z.output<typeof query>, 'cursor' | 'limit'>

function conditionsOf(wanted: Wanted, ownId: string): AlertConditions {
  const { state, severity, detector, user_id: userId, session_id: sessionId, assignee, from, until } = wanted
  return {
    ...(state !== undefined && { states: state }),
    ...(severity !== undefined && { severities: severity }),
    ...(detector !== undefined && { detectors: [detector] }),
    ...(userId !== undefined && { userId }),
    ...(sessionId !== undefined && { sessionId }),
    ...(assignee !== undefined && { assignee: assigneeSought(assignee, ownId) }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  }
}

function assigneeSought(assignee: string, ownId: string): string | null {
  if (assignee === '') return null
  return assignee === 'me' ? ownId : assignee
}

async function countsOf(
  { tallyAlerts }: Pick<Sessions, 'tallyAlerts'>,
  conditions: AlertConditions,
): Promise<AlertsResponse['counts']> {
  const tallies = await tallyAlerts(conditions)
  const inState = (state: AlertState): number => sumOf(tallies.filter((tally) => tally.state === state))
  return {
    open: inState('open'),
    acknowledged: inState('acknowledged'),
    resolved: inState('resolved'),
    'false-alarm': inState('false-alarm'),
  }
}
