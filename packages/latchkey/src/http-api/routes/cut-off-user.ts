import { createRoute, z } from '@hono/zod-openapi'
import { instantOf } from '../../foundation/time.ts'
import type { CutOffScope } from '../../model/cut-off.ts'
import { isDeviceId } from '../../model/device.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { cutOffResponseSchema } from '../audit-schemas.ts'
import { cutOffNote, notBefore } from '../cut-off-requests.ts'
import { endedMessage } from '../ended-message.ts'
import { byApiKey } from '../openapi.ts'
import { deviceNotFound } from '../problem.ts'
import { problems } from '../problem-schema.ts'
import { userIdInPath } from '../request-schemas.ts'

const body = z
  .strictObject({
    not_before: notBefore,
    device_id: z.string().max(100).optional().openapi({
      description: 'Only the sessions on that device.',
      example: 'dev_q2r6txm3c5k4vwz7hy2ejb6n',
    }),
    note: cutOffNote,
  })
  .openapi('CutOffUserRequest')

const route = createRoute({
  method: 'post',
  path: '/api/v1/users/{user_id}/cut-off',
  tags: ['host back ends'],
  summary: "End a user's sessions that were created until then, those included that are being created",
  security: byApiKey,
  request: {
    params: z.object({ user_id: userIdInPath }),
    body: { required: true, content: { 'application/json': { schema: body } } },
  },
  responses: {
    200: {
      description: 'They are over',
      content: { 'application/json': { schema: cutOffResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'not-found',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/users/{user_id}/cut-off` */
export function cutOffUser(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const { not_before: until, device_id: deviceId, note } = context.req.valid('json')
    const scope = scopeOf(context.req.valid('param').user_id, deviceId)
    const count = await tools.sessions.setCutOff(scope, {
      by: `service:${service.id}`,
      request: context.get('requestId'),
      ...(until === undefined ? {} : { notBefore: instantOf(Date.parse(until)) }),
      ...(note === undefined ? {} : { note }),
    })
    return context.json({ message: endedMessage(count), revoked_count: count }, 200)
  })
}

function scopeOf(userId: string, deviceId: string | undefined): CutOffScope {
  if (deviceId === undefined) return { kind: 'user', userId }
  if (!isDeviceId(deviceId)) throw deviceNotFound()
  return { kind: 'device', userId, deviceId }
}
