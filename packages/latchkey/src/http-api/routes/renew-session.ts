import { createRoute, z } from '@hono/zod-openapi'
import type { Renewal } from '../../operations/renew-session.ts'
import { renewShown } from '../../transport/renew-shown.ts'
import type { ApiApp, ServiceIdentity } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { sessionNotFound } from '../problem.ts'
import { problems } from '../problem-schema.ts'
import { text } from '../request-schemas.ts'
import { renewedSessionResponseSchema } from '../session-schemas.ts'
import { toServiceSession } from '../user-session.ts'

const body = z
  .strictObject({
    token: z.string().openapi({ description: 'The present one.' }),
    cause: z.enum(['reauthentication', 'factor', 'privilege-change']).openapi({
      description:
        '`factor`: the one that was owed; completes a pending session, whose place another takes, with an id of its own. `privilege-change`: nothing was proved anew.',
    }),
    amr: z
      .array(text(1, 64))
      .max(16)
      .optional()
      .openapi({ description: 'How the user proved who they are this time.', example: ['otp'] }),
    roles: z
      .array(text(1, 64))
      .max(32)
      .optional()
      .openapi({ description: 'What the user may do from now on; left out: as before.' }),
  })
  .openapi('RenewSessionRequest')

const route = createRoute({
  method: 'post',
  path: '/api/v1/sessions/renew',
  tags: ['host back ends'],
  summary: 'Give a session a new token once its user has proved something anew, or may do other things',
  description:
    'The old token is good for what it proved, for requests that are on their way, for 30 seconds at most; that of a pending session at once for nothing.',
  security: byApiKey,
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    200: {
      description: 'The session and its new token',
      content: { 'application/json': { schema: renewedSessionResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'not-found',
      'session-limit-reached',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/sessions/renew` */
export function renewSession(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const service = await tools.requireService(context)
    const { token, ...asked } = context.req.valid('json')
    const stage = asked.cause === 'factor' ? 'pending' : 'complete'
    const shown = await tools.sessions.verifySession(token, { activity: 'background', stage })
    if (!shown.active) throw sessionNotFound()
    const renewal = renewalOf(asked, service, context.get('requestId'))
    const renewed = await renewShown(tools.sessions, shown.session, renewal)
    if (renewed === null) throw sessionNotFound()
    return context.json({ session: toServiceSession(renewed.session), token: renewed.token }, 200)
  })
}

function renewalOf(
  { cause, amr = [], roles }: Omit<z.output<typeof body>, 'token'>,
  { id }: ServiceIdentity,
  request: string,
): Renewal {
  return { cause, amr, by: `service:${id}`, request, ...(roles === undefined ? {} : { roles }) }
}
