import { createRoute, z } from '@hono/zod-openapi'
import { type CutOffScope, type Instant, instantOf, isDeviceId, type Session } from 'latchkey'
import {
  bySession,
  cutOffNote,
  cutOffResponseSchema,
  cutOffsResponseSchema,
  deviceNotFound,
  notBefore,
  ProblemError,
  problems,
} from 'latchkey/http'
import { adminsOnly, recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { cutOffsOnWire } from './cut-off-on-wire.ts'
import { sessionsEnded } from './sessions-ended.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/admin/cut-offs',
  tags: ['administration'],
  summary: 'Cut-offs, the newest first',
  description: 'Sessions of the scope that were created until then are over. At most 1,000.',
  security: bySession,
  responses: {
    200: {
      description: 'All that are on record.',
      content: { 'application/json': { schema: cutOffsResponseSchema } },
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

const id = z.string().min(1).max(255)

const body = z.strictObject({
  scope: z.enum(['user', 'device', 'everybody']),
  user_id: id.optional().openapi({ description: 'With `user` and `device`.' }),
  device_id: id.optional().openapi({ description: 'With `device`.' }),
  not_before: notBefore,
  note: cutOffNote,
})

const setRoute = createRoute({
  method: 'post',
  path: '/api/v1/admin/cut-offs',
  tags: ['administration'],
  summary: 'End all sessions of a scope that were created until now',
  description:
    'Also one that is being created at this moment. Those of `everybody` end in the background; none is accepted any more.',
  security: bySession,
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    200: {
      description: 'It holds on every node.',
      content: { 'application/json': { schema: cutOffResponseSchema } },
    },
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

/** `GET` and `POST /api/v1/admin/cut-offs` */
export function addCutOffs(routes: RouteContext): void {
  const { app, tools, program } = routes
  app.openapi({ ...listRoute, middleware: adminsOnly(routes) }, async (context) => {
    await requireAdmin(routes, context)
    const cutOffs = await program.sessions.listCutOffs()
    return context.json({ cut_offs: await cutOffsOnWire(program.accounts, cutOffs) }, 200)
  })
  app.openapi({ ...setRoute, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account, session, credential } = await requireAdmin(routes, context)
    const wanted = context.req.valid('json')
    const { note, not_before: until } = wanted
    const scope = scopeOf(wanted)
    const cutAt = until === undefined ? null : instantOf(Date.parse(until))
    const count = await program.sessions.setCutOff(scope, {
      by: `admin:${account.id}`,
      request: context.get('requestId'),
      ...(note !== undefined && { note }),
      ...(cutAt !== null && { notBefore: cutAt }),
    })
    if (credential === 'cookie' && isWithin(scope, cutAt, session)) tools.clearSessionCookie(context)
    const message =
      scope.kind === 'everybody'
        ? 'No session created until then is accepted any more.'
        : sessionsEnded(count)
    return context.json({ message, revoked_count: count }, 200)
  })
}

function scopeOf({ scope: kind, user_id: userId, device_id: deviceId }: z.output<typeof body>): CutOffScope {
  if (kind === 'everybody') {
    if (userId !== undefined) throw notOfScope('user_id')
    if (deviceId !== undefined) throw notOfScope('device_id')
    return { kind }
  }
  if (userId === undefined) throw missing('user_id')
  if (kind === 'user') {
    if (deviceId !== undefined) throw notOfScope('device_id')
    return { kind, userId }
  }
  if (deviceId === undefined) throw missing('device_id')
  if (!isDeviceId(deviceId)) throw deviceNotFound()
  return { kind, userId, deviceId }
}

function missing(field: string): ProblemError {
  return new ProblemError('invalid-input', `${field}: is needed for this scope.`, { field })
}

function notOfScope(field: string): ProblemError {
  return new ProblemError('invalid-input', `${field}: is nothing that this scope has.`, { field })
}

/** Whether the session of who asks is over by it, too. */
function isWithin(scope: CutOffScope, cutAt: Instant | null, session: Session): boolean {
  if (cutAt !== null && session.createdAt > cutAt) return false
  if (scope.kind === 'everybody') return true
  if (scope.userId !== session.userId) return false
  return scope.kind === 'user' || scope.deviceId === session.deviceId
}
