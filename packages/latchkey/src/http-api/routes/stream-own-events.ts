import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { deviceEventSchema } from '../device-schemas.ts'
import { bySession } from '../openapi.ts'
import { ProblemError } from '../problem.ts'
import { problems } from '../problem-schema.ts'
import { sessionEventSchema } from '../session-schemas.ts'
import type { SessionStreams } from '../session-streams.ts'

const route = createRoute({
  method: 'get',
  path: '/api/v1/security/sessions/events',
  tags: ['own sessions'],
  summary: 'What happens to your sessions and devices, as it happens',
  description:
    'Server-sent events: `event` is the type, `data` a SessionEvent or a DeviceEvent, `id` its place. Read the list again after each (re)connection. ' +
    'Closes when its own session ends or gets a new token. Listening does not count as using the session.',
  security: bySession,
  responses: {
    200: {
      description: 'The stream',
      content: { 'text/event-stream': { schema: z.union([sessionEventSchema, deviceEventSchema]) } },
    },
    ...problems(
      'unauthenticated',
      'factor-required',
      'too-many-streams',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  // nginx would hold events back until its buffer is full.
  'X-Accel-Buffering': 'no',
}

export function streamOwnEvents(app: ApiApp, tools: ApiTools, streams: SessionStreams): void {
  app.openapi({ ...route, middleware: tools.signedInBackground }, async (context) => {
    const { session } = await tools.requireSession(context)
    if (context.req.method === 'HEAD') return new Response(null, { headers })
    const stream = await streams.open(session, context.req.raw.signal)
    if (stream === null) {
      throw new ProblemError('too-many-streams', 'Close some, or ask for the list from time to time.', {
        headers: { 'Retry-After': '30' },
      })
    }
    return new Response(stream, { headers })
  })
}
