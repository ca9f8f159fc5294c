import { createRoute, z } from '@hono/zod-openapi'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { sessionNotFound } from '../problem.ts'
import { problems } from '../problem-schema.ts'
import { renewedSessionResponseSchema } from '../session-schemas.ts'
import { toServiceSession } from '../user-session.ts'

const body = z.strictObject({ token: z.string() }).openapi('RotateSessionRequest')

const route = createRoute({
  method: 'post',
  path: '/api/v1/sessions/rotate',
  tags: ['host back ends'],
  summary: 'Give a session its next token',
  description:
    'Call it when `rotation_due` says so, and only where the answer reaches the browser. Any number of calls with one ' +
    'token bring the same next one, for 30 seconds and until that is used. An old token that comes after that is taken ' +
    'for stolen, and the session ends.',
  security: byApiKey,
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    200: {
      description: 'The session and its next token',
      content: { 'application/json': { schema: renewedSessionResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'not-found',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/sessions/rotate` */
export function rotateSession(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { token } = context.req.valid('json')
    const rotated = await tools.sessions.rotateSession(token, { request: context.get('requestId') })
    if (rotated === null) throw sessionNotFound()
    return context.json({ session: toServiceSession(rotated.session), token: rotated.token }, 200)
  })
}
