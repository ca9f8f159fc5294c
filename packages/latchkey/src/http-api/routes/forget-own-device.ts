import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { forgetDeviceResponseSchema } from '../device-schemas.ts'
import { forgetDevice } from '../forget-device.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { deviceIdInPath } from '../request-schemas.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/security/devices/{device_id}',
  tags: ['own devices'],
  summary: 'Forget one of your devices, and end its sessions',
  description:
    'Needs a recent proof of identity. The next sign-in in that browser is one on a new device. Forgetting the one that asks signs it out.',
  security: bySession,
  request: { params: z.object({ device_id: deviceIdInPath }) },
  responses: {
    200: {
      description: 'It is forgotten',
      content: { 'application/json': { schema: forgetDeviceResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'reauthentication-required',
      'not-found',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

export function forgetOwnDevice(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireRecent(context)
    const { device_id } = context.req.valid('param')
    const isCurrent = device_id === session.deviceId
    const owner = { ofUser: session.userId, by: `user:${session.userId}` } as const
    const ending = { ...owner, reason: isCurrent ? 'logout' : 'revoked' } as const
    const current = isCurrent ? 'revoked' : 'kept'
    const answer = await forgetDevice(tools, context, device_id, ending, current)
    if (isCurrent) tools.clearSessionCookie(context)
    return context.json(answer, 200)
  })
}
