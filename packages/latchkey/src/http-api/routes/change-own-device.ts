import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { changeDeviceSchema, toDeviceChange } from '../change-device-schema.ts'
import { userDeviceSchema } from '../device-schemas.ts'
import { bySession } from '../openapi.ts'
import { deviceNotFound } from '../problem.ts'
import { problems } from '../problem-schema.ts'
import { deviceIdInPath } from '../request-schemas.ts'
import { toUserDevice } from '../user-device.ts'

const route = createRoute({
  method: 'patch',
  path: '/api/v1/security/devices/{device_id}',
  tags: ['own devices'],
  summary: 'Name or trust one of your devices',
  security: bySession,
  request: {
    params: z.object({ device_id: deviceIdInPath }),
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
      'cross-site-request',
      'not-found',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'storage-unavailable',
    ),
  },
})

export function changeOwnDevice(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    const { device_id } = context.req.valid('param')
    const change = toDeviceChange(context.req.valid('json'))
    const owner = { ofUser: session.userId, by: `user:${session.userId}` } as const
    const device = await tools.sessions.changeDevice(device_id, change, owner)
    if (device === null) throw deviceNotFound()
    return context.json(toUserDevice(device, session.deviceId), 200)
  })
}
