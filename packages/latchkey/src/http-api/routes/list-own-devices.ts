import { createRoute } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { devicesResponseSchema } from '../device-schemas.ts'
import { listDevices } from '../list-devices.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/devices',
  tags: ['own devices'],
  summary: 'Your devices',
  description: 'Browsers and applications in which you have signed in, the last seen first.',
  security: bySession,
  responses: {
    200: {
      description: 'The devices',
      content: { 'application/json': { schema: devicesResponseSchema } },
    },
    ...problems('unauthenticated', 'factor-required', 'too-many-attempts', 'storage-unavailable'),
  },
})

export function listOwnDevices(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    return context.json(await listDevices(tools.sessions, session.userId, session.deviceId), 200)
  })
}
