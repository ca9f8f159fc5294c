import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { changeDeviceSchema, toDeviceChange } from '../change-device-schema.ts'
import { userDeviceSchema } from '../device-schemas.ts'
import { noSuchDevice } from '../no-such-device.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { deviceIdInPath, userIdInPath } from '../request-schemas.ts'
import { toUserDevice } from '../user-device.ts'

const route = createRoute({
  method: 'patch',
  path: '/api/v1/users/{user_id}/devices/{device_id}',
  tags: ['host back ends'],
  summary: "Name or trust one of a user's devices",
  security: byApiKey,
  request: {
    params: z.object({ user_id: userIdInPath, device_id: deviceIdInPath }),
    body: { required: true, content: { 'application/json': { schema: changeDeviceSchema } } },
  },
  responses: {
    200: {
      description: 'The device as it is now',
      content: { 'application/json': { schema: userDeviceSchema } },
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

export function changeUserDevice(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const { user_id, device_id } = context.req.valid('param')
    const change = toDeviceChange(context.req.valid('json'))
    const request = context.get('requestId')
    const owner = { ofUser: user_id, by: `service:${service.id}`, request } as const
    const device = await tools.sessions.changeDevice(device_id, change, owner)
    if (device === null) throw await noSuchDevice(tools, context, device_id)
    return context.json(toUserDevice(device, null), 200)
  })
}
