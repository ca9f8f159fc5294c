import { createRoute, z } from '@hono/zod-openapi'
import { alertAnsweredResponseSchema, answerAlertSchema } from '../alert-schemas.ts'
import { answeredAlert } from '../answered-alert.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { bySession } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { alertIdInPath } from '../request-schemas.ts'

const route = createRoute({
  method: 'post',
  path: '/api/v1/security/alerts/{alert_id}/answer',
  tags: ['own alerts'],
  summary: 'Say whether it was you',
  description:
    '`not-me` ends the session it is about, and asks for no proof of identity first. `me` counts in a session only that was there before.',
  security: bySession,
  request: {
    params: z.object({ alert_id: alertIdInPath }),
    body: { required: true, content: { 'application/json': { schema: answerAlertSchema } } },
  },
  responses: {
    200: {
      description: 'It is on record',
      content: { 'application/json': { schema: alertAnsweredResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'not-found',
      'conflict',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/security/alerts/{alert_id}/answer` */
export function answerOwnAlert(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session } = await tools.requireSession(context)
    const { alert_id: alertId } = context.req.valid('param')
    const said = context.req.valid('json')
    const answered = await answeredAlert(
      tools,
      context,
      { alertId, ...said },
      {
        ofUser: session.userId,
        by: `user:${session.userId}`,
        inSession: session,
        currentId: session.id,
      },
    )
    if (answered.current === 'revoked') tools.clearSessionCookie(context)
    return context.json(answered, 200)
  })
}
