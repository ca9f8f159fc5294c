import { createRoute, z } from '@hono/zod-openapi'
import { bySession, devicesResponseSchema, problems, userIdInPath } from 'latchkey/http'
import { adminsOnly, requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/users/{user_id}/devices',
  tags: ['administration'],
  summary: "A user's devices, last seen first",
  security: bySession,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: {
      description: 'The devices; none for a user that nobody has heard of.',
      content: { 'application/json': { schema: devicesResponseSchema } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET /api/v1/admin/users/{user_id}/devices` */
export function addListUserDevices(routes: RouteContext): void {
  const { app, tools, program } = routes
  app.openapi({ ...route, middleware: adminsOnly(routes) }, async (context) => {
    const { session } = await requireAdmin(routes, context)
    const devices = await program.sessions.getDevices(context.req.valid('param').user_id)
    return context.json(
      {
        devices: devices.map((device) => tools.toUserDevice(device, session.deviceId)),
        total_count: devices.length,
      },
      200,
    )
  })
}
