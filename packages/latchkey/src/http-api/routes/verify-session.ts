import { createRoute, z } from '@hono/zod-openapi'
import type { Verification } from '../../operations/verify-session.ts'
import { activityOf } from '../../transport/activity.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { addressInBody, text } from '../request-schemas.ts'
import { verifyResponseSchema } from '../session-schemas.ts'
import { toServiceSession } from '../user-session.ts'
import type { VerifyResponse } from '../wire-types.ts'

const body = z
  .object({
    token: z.string(),
    ip_address: addressInBody.nullable().optional(),
    user_agent: text(0, 16_384).nullable().optional(),
    stage: z.enum(['complete', 'pending']).optional().openapi({
      description:
        '`pending`: accept those sessions only whose user still owes a factor. Default `complete`.',
    }),
  })
  .openapi('VerifySessionRequest')

export const verifyPath = '/api/v1/sessions/verify'

const route = createRoute({
  method: 'post',
  path: verifyPath,
  tags: ['host back ends'],
  summary: 'Whether a token is that of a live session',
  description:
    'Counts as a use of the session. Say `ip_address` where the policy binds sessions to their network, and that and `user_agent` where detectors are to compare them with the sign-in. Send `X-Latchkey-Activity: background` for one that no person made.',
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
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

export function verifySession(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { token, stage = 'complete', ...seen } = context.req.valid('json')
    const { ip_address: ipAddress = null, user_agent: userAgent = null } = seen
    const verification = await tools.sessions.verifySession(token, {
      activity: activityOf(context.req.raw),
      stage,
      ipAddress,
      userAgent,
      request: context.get('requestId'),
    })
    return context.json(toVerifyResponse(verification), 200)
  })
}

export function toVerifyResponse(verification: Verification): VerifyResponse {
  if (!verification.active) return { active: false, reason: verification.reason }
  return {
    active: true,
    session: toServiceSession(verification.session),
    rotation_due: verification.rotationDue,
  }
}
