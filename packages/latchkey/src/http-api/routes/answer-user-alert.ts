import { createRoute, z } from '@hono/zod-openapi'
import { alertAnsweredResponseSchema, answerAlertSchema } from '../alert-schemas.ts'
import { answeredAlert } from '../answered-alert.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'
import { alertIdInPath, userIdInPath } from '../request-schemas.ts'

const route = createRoute({
  method: 'post',
  path: '/api/v1/users/{user_id}/alerts/{alert_id}/answer',
  tags: ['host back ends'],
  summary: 'Pass on whether it was the user',
  description:
    'What the user said to the application, which has to make sure that it was them: whoever signed in with a stolen password would say `me`.',
  security: byApiKey,
  request: {
    params: z.object({ user_id: userIdInPath, alert_id: alertIdInPath }),
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

/** `POST /api/v1/users/{user_id}/alerts/{alert_id}/answer` */
export function answerUserAlert(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const { user_id: ofUser, alert_id: alertId } = context.req.valid('param')
    const said = context.req.valid('json')
    const by = `service:${service.id}` as const
    const options = { ofUser, by, currentId: null }
    return context.json(await answeredAlert(tools, context, { alertId, ...said }, options), 200)
  })
}
