import { createRoute, z } from '@hono/zod-openapi'
import { problems } from 'latchkey/http'
import type { RouteContext } from '../route-context.ts'

const status = {
  description: 'All is well.',
  content: { 'application/json': { schema: z.object({ status: z.literal('ok') }).openapi('Health') } },
}

const processRoute = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['operations'],
  summary: 'Whether the process answers',
  responses: { 200: status },
})

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['operations'],
  summary: 'Whether database and schema are there',
  responses: { 200: status, ...problems('storage-unavailable') },
})

/** `GET /healthz` and `GET /readyz` */
export function addHealth({ app, program }: RouteContext): void {
  app.openapi(processRoute, (context) => context.json({ status: 'ok' as const }, 200))
  app.openapi(readyRoute, async (context) => {
    await program.sessions.ping()
    await program.ping()
    return context.json({ status: 'ok' as const }, 200)
  })
}
