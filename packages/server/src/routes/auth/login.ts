import { createRoute, z } from '@hono/zod-openapi'
import { type ApiContext, loginResponseSchema, ProblemError, problems } from 'latchkey/http'
import type { Account } from '../../accounts/account.ts'
import type { RouteContext } from '../route-context.ts'
import { throttledProblem } from '../throttled-problem.ts'
import { emailInput, passwordInput, transportInput } from './credential-schemas.ts'
import { loginResponse } from './login-response.ts'

const route = createRoute({
  method: 'post',
  path: '/api/v1/auth/login',
  tags: ['signing in'],
  summary: 'Sign in to the program itself',
  description: 'A session that this browser was in before gives way to the new one.',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({ email: emailInput, password: passwordInput, transport: transportInput }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Signed in.',
      content: { 'application/json': { schema: loginResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'invalid-credentials',
      'cross-site-request',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/auth/login` */
export function addLogin(routes: RouteContext): void {
  const { app, tools } = routes
  app.openapi(route, async (context) => {
    const { email, password, transport = 'cookie' } = context.req.valid('json')
    if (transport === 'cookie') tools.checkSameOrigin(context)
    const account = await provedAccount(routes, context, { email, password })
    const created = await tools.startSession(context, { userId: account.id, amr: ['pwd'] }, transport)
    return context.json(loginResponse(routes, account, created, transport), 200)
  })
}

/** Events have the names of the OWASP Logging Vocabulary, which tools that watch logs know. */
async function provedAccount(
  { tools, signIn, logger }: RouteContext,
  context: ApiContext,
  credentials: { readonly email: string; readonly password: string },
): Promise<Account> {
  const outcome = await signIn.signIn(credentials, tools.requestFacts(context).ipAddress)
  const requestId = context.get('requestId')
  switch (outcome.kind) {
    case 'throttled':
      logger.warn({ event: 'authn_login_fail_max', requestId }, 'sign-in throttled')
      throw throttledProblem(outcome.retryAfterSeconds)
    case 'refused':
      logger.warn({ event: 'authn_login_fail', requestId }, 'sign-in refused')
      throw new ProblemError('invalid-credentials', 'The e-mail address or the password is not right.')
    case 'signed-in':
      logger.info({ event: 'authn_login_success', account: outcome.account.id, requestId }, 'signed in')
      return outcome.account
  }
}
