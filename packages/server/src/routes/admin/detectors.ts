import { createRoute, z } from '@hono/zod-openapi'
import { detectorModes, responses, systemClock } from 'latchkey'
import { bySession, detectorSchema, detectorsResponseSchema, ProblemError, problems } from 'latchkey/http'
import { detectorsOnWire } from '../../alerts/detectors-on-wire.ts'
import { adminsOnly, recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const path = '/api/v1/admin/detectors'

const listRoute = createRoute({
  method: 'get',
  path,
  tags: ['administration'],
  summary: 'Detectors and how they are set',
  security: bySession,
  responses: {
    200: { description: 'All.', content: { 'application/json': { schema: detectorsResponseSchema } } },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

const body = z.strictObject({
  mode: z.enum(detectorModes).optional().openapi({
    description: '`observe` opens alerts; `enforce` has the response happen, too.',
  }),
  response: z.enum(responses).optional(),
})

const setRoute = createRoute({
  method: 'patch',
  path: `${path}/{detector}`,
  tags: ['administration'],
  summary: 'Set a detector',
  description:
    'From the next event on; what alerts of before still owe happens as far as the new setting allows it. A backtest says beforehand whom it would have concerned.',
  security: bySession,
  request: {
    params: z.object({
      detector: z.string().openapi({ param: { name: 'detector', in: 'path' }, example: 'impossible-travel' }),
    }),
    body: { required: true, content: { 'application/json': { schema: body } } },
  },
  responses: {
    200: { description: 'As it is set now.', content: { 'application/json': { schema: detectorSchema } } },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'reauthentication-required',
      'not-found',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET /api/v1/admin/detectors`, `PATCH /api/v1/admin/detectors/{detector}` */
export function addDetectors(routes: RouteContext): void {
  const { app, program } = routes
  const { sessions, settings } = program
  app.openapi({ ...listRoute, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const detectors = await detectorsOnWire(sessions, systemClock.now())
    return context.json({ detectors, mail: settings.mail !== null }, 200)
  })
  app.openapi({ ...setRoute, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const { detector: name } = context.req.valid('param')
    const found = (await sessions.detectors()).find((detector) => detector.name === name)
    if (found === undefined) throw noSuchDetector()
    const { mode = found.mode, response = found.response } = context.req.valid('json')
    const options = { by: `admin:${account.id}`, request: context.get('requestId') } as const
    await sessions.setDetector(name, mode, response, options)
    const shown = await detectorsOnWire(sessions, systemClock.now())
    const detector = shown.find((each) => each.name === name)
    if (detector === undefined) throw noSuchDetector()
    return context.json(detector, 200)
  })
}

function noSuchDetector(): ProblemError {
  return new ProblemError('not-found', 'There is no such detector.')
}
