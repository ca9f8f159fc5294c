import { createRoute, z } from '@hono/zod-openapi'
import { type CreatedSession, LatchkeyError } from 'latchkey'
import { type ApiContext, loginResponseSchema, ProblemError, problems } from 'latchkey/http'
import type { Account } from '../../accounts/account.ts'
import type { ProvedAccount } from '../../accounts/accounts.ts'
import type { RouteContext } from '../route-context.ts'
import { throttledProblem } from '../throttled-problem.ts'
import { emailInput, passwordInput, type Transport, transportInput } from './credential-schemas.ts'
import { loginResponse } from './login-response.ts'
import { auditSignIns, type SignInAudit } from './sign-in-audit.ts'

const route = createRoute({
  method: 'post',
  path: '/api/v1/auth/login',
  tags: ['signing in'],
  summary: 'Sign in to the program itself',
  security: [],
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
      'session-limit-reached',
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
  const audit = auditSignIns(routes)
  app.openapi(route, async (context) => {
    const { email, password, transport = 'cookie' } = context.req.valid('json')
    if (transport === 'cookie') tools.checkSameOrigin(context)
    const proved = await provedAccount(routes, audit, context, { email, password })
    const { account } = proved
    const created = await startedSession(routes, audit, context, account, transport)
    await checkStillProved(routes, audit, context, proved, created)
    await audit.succeeded(context, account.id, created.session.id)
    return context.json(loginResponse(routes, account, created, transport), 200)
  })
}

/** Events have the names of the OWASP Logging Vocabulary, which tools that watch logs know. */
async function provedAccount(
  { tools, signIn, logger }: RouteContext,
  audit: SignInAudit,
  context: ApiContext,
  credentials: { readonly email: string; readonly password: string },
): Promise<ProvedAccount> {
  const outcome = await signIn.signIn(credentials, tools.requestFacts(context).ipAddress)
  const requestId = context.get('requestId')
  switch (outcome.kind) {
    case 'throttled':
      logger.warn({ event: 'authn_login_fail_max', requestId }, 'sign-in throttled')
      await audit.throttled(context, { email: credentials.email })
      throw throttledProblem(outcome.retryAfterSeconds)
    case 'refused':
      logger.warn({ event: 'authn_login_fail', requestId }, 'sign-in refused')
      await audit.failed(context, { email: credentials.email })
      throw wrongCredentials()
    case 'signed-in':
      logger.info({ event: 'authn_login_success', account: outcome.account.id, requestId }, 'signed in')
      return outcome
  }
}

async function startedSession(
  { tools }: RouteContext,
  audit: SignInAudit,
  context: ApiContext,
  { id: userId, role }: Account,
  transport: Transport,
): Promise<CreatedSession> {
  try {
    return await tools.startSession(context, { userId, amr: ['pwd'], roles: [role] }, transport)
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error
    if (error.code === 'session-limit-reached') await audit.failed(context, { userId, reason: error.code })
    if (error.code !== 'user-disabled') throw error
    // Disabled since the password was looked at.
    await audit.failed(context, { userId, reason: error.code })
    throw wrongCredentials()
  }
}

/**
 * A change of the password ends the sessions that there are. One that was begun meanwhile by the password before must not
 * outlive it: whichever of both is written first, this or that finds the other.
 */
async function checkStillProved(
  { program }: RouteContext,
  audit: SignInAudit,
  context: ApiContext,
  { account, password }: ProvedAccount,
  { session }: CreatedSession,
): Promise<void> {
  if (await password.isCurrent()) return
  await program.sessions.invalidateSession(session.id, { request: context.get('requestId') })
  await audit.failed(context, { userId: account.id, sessionId: session.id })
  throw wrongCredentials()
}

/** The same for a disabled account: nobody learns from it which accounts there are. */
function wrongCredentials(): ProblemError {
  return new ProblemError('invalid-credentials', 'The e-mail address or the password is not right.')
}
