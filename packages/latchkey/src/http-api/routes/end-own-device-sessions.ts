import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { endedMessage } from '../ended-message.ts'
import { noSuchDevice } from '../no-such-device.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { deviceIdInPath } from '../request-schemas.ts'
import { revokeSessionsResponseSchema } from '../session-schemas.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/security/devices/{device_id}/sessions',
  tags: ['own devices'],
  summary: 'Sign out of one of your devices',
  description:
    'Ends its sessions; the device stays known. Needs a recent proof of identity. Ending those of the one that asks signs it out.',
  security: bySession,
  request: { params: z.object({ device_id: deviceIdInPath }) },
  responses: {
    200: {
      description: 'They are over',
      content: { 'application/json': { schema: revokeSessionsResponseSchema } },
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

export function endOwnDeviceSessions(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireRecent(context)
    const { device_id } = context.req.valid('param')
    const ofUser = session.userId
    if ((await tools.sessions.getDevice(device_id, { ofUser })) === null) {
      throw await noSuchDevice(tools, context, device_id)
    }
    const isCurrent = device_id === session.deviceId
    const reason = isCurrent ? 'logout' : 'revoked'
    const by = `user:${ofUser}` as const
    const count = await tools.sessions.endDeviceSessions(device_id, {
      ofUser,
      by,
      reason,
      request: context.get('requestId'),
    })
    if (isCurrent) tools.clearSessionCookie(context)
    const current = isCurrent ? ('revoked' as const) : ('kept' as const)
    return context.json({ message: endedMessage(count), revoked_count: count, current }, 200)
  })
}
