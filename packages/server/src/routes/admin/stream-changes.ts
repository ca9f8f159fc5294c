import { createRoute, z } from '@hono/zod-openapi'
import { systemTimers } from 'latchkey'
import { bySession, ProblemError, problems } from 'latchkey/http'
import { requireAdmin } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { ChangeStreams } from './change-streams.ts'

/** No JSON to whoever derives types from the name: it is a stream. */
const eventStream: string = 'text/event-stream'

const route = createRoute({
  method: 'get',
  path: '/api/v1/admin/events',
  tags: ['administration'],
  summary: 'That something has changed, as it happens',
  description:
    'Server-sent events: `changed`, at most one a second, when sessions, devices, alerts or jobs of anybody change; it says no more than that. ' +
    'Closes when its own session ends or gets a new token. Listening does not count as using the session.',
  security: bySession,
  responses: {
    200: { description: 'The stream', content: { [eventStream]: { schema: z.object({}) } } },
    ...problems(
      'unauthenticated',
      'factor-required',
      'forbidden',
      'too-many-streams',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

const headers = {
  'Content-Type': eventStream,
  'Cache-Control': 'no-store',
  // nginx would hold events back until its buffer is full.
  'X-Accel-Buffering': 'no',
}

/** `GET /api/v1/admin/events` */
export function addStreamChanges(routes: RouteContext): void {
  const { app, tools, program } = routes
  const streams = new ChangeStreams(program.sessions, systemTimers)
  app.openapi({ ...route, middleware: tools.signedInBackground }, async (context) => {
    const { session } = await requireAdmin(routes, context)
    if (context.req.method === 'HEAD') return new Response(null, { headers })
    const stream = streams.open(session, context.req.raw.signal)
    if (stream === null) {
      throw new ProblemError('too-many-streams', 'Close some, or ask from time to time.', {
        headers: { 'Retry-After': '30' },
      })
    }
    return new Response(stream, { headers })
  })
}
