import { createRoute, z } from '@hono/zod-openapi'
import { between, type Instant, inSeconds, instantOf } from '../../foundation/time.ts'
import type { Session } from '../../model/session.ts'
import { activityOf } from '../../transport/activity.ts'
import type { ApiApp } from '../api-environment.ts'
import type { ApiTools } from '../api-tools.ts'
import { byApiKey } from '../openapi.ts'
import { problems } from '../problem-schema.ts'

const form = z.object({ token: z.string(), token_type_hint: z.string().optional() })

/** RFC 7662 section 2.2; `sid`, `auth_time` and `amr` as OpenID Connect has them. Instants are seconds here. */
const introspection = z
  .union([
    z.object({ active: z.literal(false) }),
    z.object({
      active: z.literal(true),
      token_type: z.literal('Bearer'),
      sub: z.string(),
      sid: z.string(),
      iat: z.int(),
      exp: z.int(),
      auth_time: z.int(),
      amr: z.array(z.string()),
    }),
  ])
  .openapi('Introspection')

const route = createRoute({
  method: 'post',
  path: '/api/v1/introspect',
  tags: ['host back ends'],
  summary: 'Token introspection (RFC 7662)',
  security: byApiKey,
  request: {
    body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: form } } },
  },
  responses: {
    200: { description: 'What is known', content: { 'application/json': { schema: introspection } } },
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

export function introspect(app: ApiApp, tools: ApiTools): void {
  app.openapi({ ...route, middleware: tools.service }, async (context) => {
    const { token } = context.req.valid('form')
    const verification = await tools.sessions.verifySession(token, {
      activity: activityOf(context.req.raw),
      request: context.get('requestId'),
    })
    return context.json(
      verification.active ? claimsOf(verification.session) : { active: false as const },
      200,
    )
  })
}

function claimsOf(session: Session): Extract<z.output<typeof introspection>, { active: true }> {
  return {
    active: true,
    token_type: 'Bearer',
    sub: session.userId,
    sid: session.id,
    iat: epochSeconds(session.createdAt),
    exp: epochSeconds(session.expiresAt),
    auth_time: epochSeconds(session.authenticatedAt),
    amr: [...session.amr],
  }
}

function epochSeconds(instant: Instant): number {
  return Math.floor(inSeconds(between(instantOf(0), instant)))
}
