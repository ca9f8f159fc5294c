import { createRoute, z } from '@hono/zod-openapi'
import { bySession, loginResponseSchema, ProblemError, problems, unauthenticated } from 'latchkey/http'
import { requireAccount } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { throttledProblem } from '../throttled-problem.ts'
import { passwordInput } from './credential-schemas.ts'
import { loginResponse } from './login-response.ts'
import { auditSignIns } from './sign-in-audit.ts'

const route = createRoute({
  method: 'post',
  path: '/api/v1/auth/reauthenticate',
  tags: ['signing in'],
  summary: 'Prove again who you are',
  description:
    'The session goes on under a new token. For requests that were on their way, the old one is accepted for some seconds more, and proves no more than it did.',
  security: bySession,
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ password: passwordInput }) } },
    },
  },
  responses: {
    200: {
      description: 'Proved. With a bearer token the new one stands in the body.',
      content: { 'application/json': { schema: loginResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'invalid-credentials',
      'cross-site-request',
      'forbidden',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/auth/reauthenticate` */
export function addReauthenticate(routes: RouteContext): void {
  const { app, tools, program, signIn } = routes
  const audit = auditSignIns(routes)
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const { session, credential, account } = await requireAccount(routes, context)
    const { password } = context.req.valid('json')
    const outcome = await signIn.confirm(account.id, password, tools.requestFacts(context).ipAddress)
    if (outcome.kind === 'throttled') {
      await audit.throttled(context, { userId: account.id })
      throw throttledProblem(outcome.retryAfterSeconds)
    }
    if (outcome.kind === 'refused') {
      await audit.failed(context, { userId: account.id, sessionId: session.id })
      throw new ProblemError('invalid-credentials', 'The password is not right.', { field: 'password' })
    }
    const renewed = await program.sessions.renewSession(session.id, {
      amr: ['pwd'],
      by: `user:${account.id}`,
      roles: [account.role],
      request: context.get('requestId'),
    })
    // It ended while the password was checked.
    if (!renewed) throw unauthenticated()
    if (credential === 'cookie') tools.setSessionCookie(context, renewed)
    return context.json(loginResponse(routes, account, renewed, credential), 200)
  })
}
