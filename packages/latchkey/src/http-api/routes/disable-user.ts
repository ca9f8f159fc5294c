import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { cutOffResponseSchema } from '../audit-schemas.ts'
import { cutOffNote } from '../cut-off-requests.ts'
import { endedMessage } from '../ended-message.ts'
import { byApiKey } from '../openapi.ts'
import { optionalBody } from '../optional-body.ts'
import { problems } from '../problem-schema.ts'
import { userIdInPath } from '../request-schemas.ts'

const body = z.strictObject({ note: cutOffNote }).openapi('DisableUserRequest')

const params = z.object({ user_id: userIdInPath })

const disableRoute = createRoute({
  method: 'post',
  path: '/api/v1/users/{user_id}/disable',
  tags: ['host back ends'],
  summary: "End all of a user's sessions, and refuse new ones",
  security: byApiKey,
  request: { params, body: { required: false, content: { 'application/json': { schema: body } } } },
  responses: {
    200: {
      description: 'The user is disabled',
      content: { 'application/json': { schema: cutOffResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
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
  path: '/api/v1/users/{user_id}/enable',
  tags: ['host back ends'],
  summary: 'Let a disabled user sign in again',
  description: 'What has ended stays ended.',
  security: byApiKey,
  request: { params },
  responses: {
    200: {
      description: 'The user is not disabled any more',
      content: { 'application/json': { schema: cutOffResponseSchema } },
    },
    ...problems('unauthenticated', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

/** `POST /api/v1/users/{user_id}/disable` and `…/enable` */
export function disableUser(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...disableRoute, middleware: [tools.service, optionalBody()] as const }, async (context) => {
    const service = await tools.requireService(context)
    const { note } = (context.req.valid('json') ?? {}) as z.output<typeof body>
    const count = await tools.sessions.disableUser(context.req.valid('param').user_id, {
      by: `service:${service.id}`,
      request: context.get('requestId'),
      ...(note === undefined ? {} : { note }),
    })
    const message = `The user is disabled. ${endedMessage(count)}`
    return context.json({ message, revoked_count: count }, 200)
  })
  app.openapi({ ...enableRoute, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const wasDisabled = await tools.sessions.enableUser(context.req.valid('param').user_id, {
      by: `service:${service.id}`,
      request: context.get('requestId'),
    })
    const message = wasDisabled ? 'The user can sign in again.' : 'The user was not disabled.'
    return context.json({ message, revoked_count: 0 }, 200)
  })
}
