import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { changeDeviceSchema, toDeviceChange } from '../change-device-schema.ts'
import { userDeviceSchema } from '../device-schemas.ts'
import { noSuchDevice } from '../no-such-device.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { deviceIdInPath } from '../request-schemas.ts'
import { toUserDevice } from '../user-device.ts'

const route = createRoute({
  method: 'patch',
  path: '/api/v1/security/devices/{device_id}',
  tags: ['own devices'],
  summary: 'Name or trust one of your devices',
  description: 'To change whether it is trusted needs a recent proof of identity.',
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
      'factor-required',
      'cross-site-request',
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

export function changeOwnDevice(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    const { device_id } = context.req.valid('param')
    const change = toDeviceChange(context.req.valid('json'))
    // A name says nothing; a trusted device may be let off a factor.
    if (change.trustedFor !== undefined) await tools.requireRecent(context)
    const request = context.get('requestId')
    const owner = { ofUser: session.userId, by: `user:${session.userId}`, request } as const
    const device = await tools.sessions.changeDevice(device_id, change, owner)
    if (device === null) throw await noSuchDevice(tools, context, device_id)
    return context.json(toUserDevice(device, session.deviceId), 200)
  })
}
