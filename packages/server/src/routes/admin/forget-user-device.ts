import { createRoute, z } from '@hono/zod-openapi'
import {
  bySession,
  deviceIdInPath,
  deviceNotFound,
  forgetDeviceResponseSchema,
  problems,
  userIdInPath,
} from 'latchkey/http'
import { recentAdminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'delete',
  path: '/api/v1/admin/users/{user_id}/devices/{device_id}',
  tags: ['administration'],
  summary: 'Forget a device of a user, and end its sessions',
  security: bySession,
  request: { params: z.object({ user_id: userIdInPath, device_id: deviceIdInPath }) },
  responses: {
    200: {
      description: 'It is forgotten.',
      content: { 'application/json': { schema: forgetDeviceResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'reauthentication-required',
      'not-found',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `DELETE /api/v1/admin/users/{user_id}/devices/{device_id}` */
export function addForgetUserDevice(routes: RouteContext): void {
  const { app, tools, program } = routes
  app.openapi({ ...route, middleware: recentAdminsOnly(routes) }, async (context) => {
    const { account, session, credential } = await requireAdmin(routes, context)
    const { user_id: ofUser, device_id: deviceId } = context.req.valid('param')
    const gone = await program.sessions.forgetDevice(deviceId, {
      ofUser,
      reason: 'revoked',
      by: `admin:${account.id}`,
      request: context.get('requestId'),
    })
    if (gone === null) throw deviceNotFound()
    const current = deviceId === session.deviceId ? ('revoked' as const) : ('kept' as const)
    if (current === 'revoked' && credential === 'cookie') tools.clearSessionCookie(context)
    const message = `The device was forgotten; sessions ended with it: ${gone.sessions}.`
    return context.json({ message, forgotten: true, revoked_count: gone.sessions, current }, 200)
  })
}
