import { createRoute, z } from '@hono/zod-openapi'
import {
  bySession,
  cutOffNote,
  cutOffResponseSchema,
  optionalBody,
  ProblemError,
  problems,
  userIdInPath,
} from 'latchkey/http'
import { recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { sessionsEnded } from './sessions-ended.ts'

const params = z.object({ user_id: userIdInPath })
const answer = (description: string) => ({
  description,
  content: { 'application/json': { schema: cutOffResponseSchema } },
})

const disableRoute = createRoute({
  method: 'post',
  path: '/api/v1/admin/users/{user_id}/disable',
  tags: ['administration'],
  summary: 'End all sessions of a user, and refuse new ones',
  security: bySession,
  request: {
    params,
    body: {
      required: false,
      content: { 'application/json': { schema: z.strictObject({ note: cutOffNote }) } },
    },
  },
  responses: {
    200: answer('Nobody can sign in as this user until they are enabled again.'),
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

const enableRoute = createRoute({
  method: 'post',
  path: '/api/v1/admin/users/{user_id}/enable',
  tags: ['administration'],
  summary: 'Let a user sign in again',
  description: 'Sessions that ended stay ended.',
  security: bySession,
  request: { params },
  responses: {
    200: answer('They may sign in, whether they were disabled or not.'),
    ...problems(
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'reauthentication-required',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/admin/users/{user_id}/disable` and `/enable` */
export function addDisableUser(routes: RouteContext): void {
  const { app, program } = routes
  const middleware = recentAdminsOnly(routes)
  app.openapi({ ...disableRoute, middleware: [middleware, optionalBody()] as const }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const { user_id: userId } = context.req.valid('param')
    const { note } = context.req.valid('json') ?? {}
    if (userId === account.id) throw ownAccount()
    const count = await program.sessions.disableUser(userId, {
      by: `admin:${account.id}`,
      request: context.get('requestId'),
      ...(note !== undefined && { note }),
    })
    return context.json(
      { message: `The user is disabled. ${sessionsEnded(count)}`, revoked_count: count },
      200,
    )
  })
  app.openapi({ ...enableRoute, middleware }, async (context) => {
    const { account } = await requireAdmin(routes, context)
    const wasDisabled = await program.sessions.enableUser(context.req.valid('param').user_id, {
      by: `admin:${account.id}`,
      request: context.get('requestId'),
    })
    const message = wasDisabled ? 'The user may sign in again.' : 'The user was not disabled.'
    return context.json({ message, revoked_count: 0 }, 200)
  })
}

/** Otherwise the last administrator could shut everybody out. */
function ownAccount(): ProblemError {
  return new ProblemError(
    'invalid-input',
    'user_id: is your own; only another administrator can disable you.',
    {
      field: 'user_id',
    },
  )
}
