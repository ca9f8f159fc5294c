import { createRoute, z } from '@hono/zod-openapi'
import { activityOf } from '../../transport/guard-outcome.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { addressInBody, text } from '../request-schemas.ts'
import { verifyResponseSchema } from '../session-schemas.ts'
import { toServiceSession } from '../user-session.ts'

const body = z
  .object({
    token: z.string(),
    ip_address: addressInBody.nullable().optional(),
    user_agent: text(0, 16_384).nullable().optional(),
  })
  .openapi('VerifySessionRequest')

const route = createRoute({
  method: 'post',
  path: '/api/v1/sessions/verify',
  tags: ['host back ends'],
  summary: 'Whether a token is that of a live session',
  description:
    'Counts as a use of the session. Send `X-Latchkey-Activity: background` for one that no person made.',
  security: byApiKey,
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    200: {
      description: 'The session, or why not',
      content: { 'application/json': { schema: verifyResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'storage-unavailable',
    ),
  },
})

export function verifySession(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { token } = context.req.valid('json')
    const verification = await tools.sessions.verifySession(token, { activity: activityOf(context.req.raw) })
    if (!verification.active)
      return context.json({ active: false as const, reason: verification.reason }, 200)
    return context.json({ active: true as const, session: toServiceSession(verification.session) }, 200)
  })
}
