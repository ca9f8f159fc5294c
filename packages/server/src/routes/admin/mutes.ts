import { createRoute, z } from '@hono/zod-openapi'
import { bySession, muteSchema, mutesResponseSchema, ProblemError, problems } from 'latchkey/http'
import { mutesOnWire } from '../../alerts/alert-on-wire.ts'
import { adminsOnly, recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { instantInRequest } from './instant-in-request.ts'

const path = '/api/v1/admin/mutes'

const listRoute = createRoute({
  method: 'get',
  path,
  tags: ['administration'],
  summary: 'Findings that nobody wants to hear of, the newest first',
  description: 'At most 1,000; those that are over included.',
  security: bySession,
  responses: {
    200: { description: 'The mutes.', content: { 'application/json': { schema: mutesResponseSchema } } },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

const id = z.string().min(1).max(255).nullable().optional()

const body = z.strictObject({
  detector: z.string().min(1).max(100).nullable().optional(),
  user_id: id,
  device_id: id,
  network: z.int().min(0).nullable().optional().openapi({
    description: 'The number of an autonomous system.',
  }),
  until: instantInRequest.nullable().optional().openapi({ description: 'Null: for ever.' }),
  note: z.string().trim().min(1).max(500).nullable().optional(),
})

const addRoute = createRoute({
  method: 'post',
  path,
  tags: ['administration'],
  summary: 'Mute findings',
  description: 'All conditions that are there must hold, and one at least is. What was noticed before stays.',
  security: bySession,
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    201: { description: 'It holds from now on.', content: { 'application/json': { schema: muteSchema } } },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'reauthentication-required',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

const removed = z.object({ message: z.string(), removed: z.boolean() }).openapi('MuteRemoved')

const removeRoute = createRoute({
  method: 'delete',
  path: `${path}/{mute_id}`,
  tags: ['administration'],
  summary: 'Take a mute back',
  security: bySession,
  request: {
    params: z.object({
      mute_id: z
        .string()
        .openapi({ param: { name: 'mute_id', in: 'path' }, example: 'mut_q2r6txm3c5k4vwz7hy2ejb6nxa' }),
    }),
  },
  responses: {
    200: { description: 'It is gone.', content: { 'application/json': { schema: removed } } },
    ...problems(
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'reauthentication-required',
      'not-found',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET` and `POST /api/v1/admin/mutes`, `DELETE /api/v1/admin/mutes/{mute_id}` */
export function addMutes(routes: RouteContext): void {
  const { app, program } = routes
  app.openapi({ ...listRoute, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const mutes = await program.sessions.getMutes()
    return context.json({ mutes: await mutesOnWire(program.accounts, mutes) }, 200)
  })
  app.openapi({ ...addRoute, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const { user_id: userId = null, device_id: deviceId = null, ...wanted } = context.req.valid('json')
    const { detector = null, network = null, until = null, note = null } = wanted
    if (detector !== null) await requireDetector(routes, detector)
    const mute = await program.sessions.addMute(
      { detector, userId, deviceId, network, until, note },
      { by: `admin:${account.id}`, request: context.get('requestId') },
    )
    const [shown] = await mutesOnWire(program.accounts, [mute])
    if (shown === undefined) throw new TypeError('one mute is shown as one')
    return context.json(shown, 201)
  })
  app.openapi({ ...removeRoute, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const options = { by: `admin:${account.id}`, request: context.get('requestId') } as const
    const isRemoved = await program.sessions.removeMute(context.req.valid('param').mute_id, options)
    if (!isRemoved) throw new ProblemError('not-found', 'There is no such mute.')
    return context.json({ message: 'The mute was taken back.', removed: true }, 200)
  })
}

/** A name that nothing has would silence nothing, and nobody would know. */
async function requireDetector({ program }: RouteContext, detector: string): Promise<void> {
  const detectors = await program.sessions.detectors()
  if (detectors.some(({ name }) => name === detector)) return
  throw new ProblemError('invalid-input', 'detector: is the name of none.', { field: 'detector' })
}
