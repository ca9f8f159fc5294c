import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { devicesResponseSchema } from '../device-schemas.ts'
import { listDevices } from '../list-devices.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { userIdInPath } from '../request-schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/users/{user_id}/devices',
  tags: ['host back ends'],
  summary: "A user's devices",
  description: '`is_current` is always false: a back end asks in no session.',
  security: byApiKey,
  request: { params: z.object({ user_id: userIdInPath }) },
  responses: {
    200: {
      description: 'The devices; none for a user that nobody has heard of',
      content: { 'application/json': { schema: devicesResponseSchema } },
    },
    ...problems('unauthenticated', 'invalid-input', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function listUserDevices(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { user_id } = context.req.valid('param')
    return context.json(await listDevices(tools.sessions, user_id, null), 200)
  })
}
