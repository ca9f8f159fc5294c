import { createRoute } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Alert } from '../../model/alert.ts'
import { bearerToken } from '../../transport/bearer-token.ts'
import {
  alertAnsweredResponseSchema,
  alertQuestionResponseSchema,
  answerAlertSchema,
} from '../alert-schemas.ts'
import { answeredAlert } from '../answered-alert.ts'
import type { ApiApp, ApiContext, ApiEnvironment } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byAlertToken } from '../openapi.ts'
import { alertQuestion } from '../own-alerts.ts'
import { ProblemError } from '../problem.ts'
import { problems } from '../problem-schema.ts'

const askRoute = createRoute({
  method: 'get',
  path: '/api/v1/alert-answers',
  tags: ['own alerts'],
  summary: 'What the link in a mail is about',
  description:
    'Changes nothing. Needs no session; the token of the link, which stands in no address, is the credential.',
  security: byAlertToken,
  responses: {
    200: {
      description: 'The alert',
      content: { 'application/json': { schema: alertQuestionResponseSchema } },
    },
    ...problems('unauthenticated', 'link-expired', 'too-many-attempts', 'storage-unavailable'),
  },
})

const answerRoute = createRoute({
  method: 'post',
  path: '/api/v1/alert-answers',
  tags: ['own alerts'],
  summary: 'Say whether it was you, by the link in a mail',
  description: 'Needs no session; the token is good for this alert and for nothing else.',
  security: byAlertToken,
  request: { body: { required: true, content: { 'application/json': { schema: answerAlertSchema } } } },
  responses: {
    200: {
      description: 'It is on record',
      content: { 'application/json': { schema: alertAnsweredResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'not-found',
      'conflict',
      'link-expired',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET` and `POST /api/v1/alert-answers` */
export function alertAnswers(app: ApiApp, tools: ApiTools): void {
  const middleware = byLink(tools)
  app.openapi({ ...askRoute, middleware }, async (context) => {
    const alert = await alertOfLink(tools, context)
    return context.json(await alertQuestion(tools.sessions, alert), 200)
  })
  app.openapi({ ...answerRoute, middleware }, async (context) => {
    const { id: alertId, userId } = await alertOfLink(tools, context)
    const said = context.req.valid('json')
    // A link is made for an alert of somebody only.
    const by = `user:${userId ?? ''}` as const
    const answered = await answeredAlert(tools, context, { alertId, ...said }, { by, currentId: null })
    return context.json(answered, 200)
  })
}

/** Before anything of the request is looked at. */
function byLink(tools: ApiTools): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    await alertOfLink(tools, context)
    await next()
  }
}

/** Throws `unauthenticated` for a token that was not made here, and where there is none; a source that guesses has to wait. */
async function alertOfLink(tools: ApiTools, context: ApiContext): Promise<Alert> {
  const bearer = bearerToken(context.req.raw.headers.get('authorization'))
  if (bearer.kind === 'absent') throw tools.refusalOf(context, { kind: 'anonymous' })
  const link =
    bearer.kind === 'present'
      ? await tools.sessions.readAlertLink(bearer.token)
      : ({ kind: 'unknown' } as const)
  if (link.kind === 'good') return link.alert
  if (link.kind === 'expired') {
    throw new ProblemError('link-expired', 'Links in mails are good for 7 days. Sign in to see the alert.')
  }
  throw tools.refusalOf(context, { kind: 'refused', reason: 'unknown', setCookies: [] })
}
