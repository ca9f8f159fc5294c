import { createRoute, z } from '@hono/zod-openapi'
import { ProblemError, problems } from 'latchkey/http'
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
  security: [],
  responses: { 200: status },
})

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['operations'],
  summary: 'Whether database and schema are there, and the node is to stay',
  security: [],
  responses: { 200: status, ...problems('storage-unavailable', 'stopping') },
})

/** `GET /healthz` and `GET /readyz` */
export function addHealth({ app, life, program }: RouteContext): void {
  app.openapi(processRoute, (context) => context.json({ status: 'ok' as const }, 200))
  app.openapi(readyRoute, async (context) => {
    if (life.isStopping)
      throw new ProblemError('stopping', 'This node has been told to end: ask another one.')
    await program.sessions.ping()
    await program.ping()
    return context.json({ status: 'ok' as const }, 200)
  })
}
