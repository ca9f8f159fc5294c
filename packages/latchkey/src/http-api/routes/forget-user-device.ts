import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { forgetDeviceResponseSchema } from '../device-schemas.ts'
import { forgetDevice } from '../forget-device.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { deviceIdInPath, userIdInPath } from '../request-schemas.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/users/{user_id}/devices/{device_id}',
  tags: ['host back ends'],
  summary: "Forget one of a user's devices, and end its sessions",
  description: '`current` is always `kept`: a back end asks in no session.',
  security: byApiKey,
  request: { params: z.object({ user_id: userIdInPath, device_id: deviceIdInPath }) },
  responses: {
    200: {
      description: 'It is forgotten',
      content: { 'application/json': { schema: forgetDeviceResponseSchema } },
    },
    ...problems('unauthenticated', 'not-found', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function forgetUserDevice(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const { user_id, device_id } = context.req.valid('param')
    const by = `service:${service.id}` as const
    const ending = { ofUser: user_id, by, reason: 'revoked' } as const
    return context.json(await forgetDevice(tools, context, device_id, ending, 'kept'), 200)
  })
}
