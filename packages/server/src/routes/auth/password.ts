import { createRoute, z } from '@hono/zod-openapi'
import { type CreatedSession, LatchkeyError } from 'latchkey'
import {
  type ApiContext,
  bySession,
  ProblemError,
  passwordResponseSchema,
  problems,
  unauthenticated,
} from 'latchkey/http'
import type { PasswordChange, PasswordChangeOutcome, ProvedPassword } from '../../accounts/password-change.ts'
import { TooManyPasswords } from '../../accounts/password-hasher.ts'
import { requireAccount, type SignedInAccount } from '../require-account.ts'
import type { RouteContext } from '../route-context.ts'
import { throttledProblem } from '../throttled-problem.ts'
import { passwordInput } from './credential-schemas.ts'
import { loginResponse } from './login-response.ts'
import { auditSignIns, type SignInAudit } from './sign-in-audit.ts'

const body = z.object({
  current_password: passwordInput,
  new_password: passwordInput,
  end_other_sessions: z.boolean().default(true).openapi({
    description:
      'Only `false` keeps the other sessions of the account. The one that asks goes on in any case.',
  }),
})

const route = createRoute({
  method: 'post',
  path: '/api/v1/auth/password',
  tags: ['signing in'],
  summary: 'Change your password',
  description:
    'Ends all other sessions of the account. The one that asks goes on under a new token, as after proving again who you are.',
  security: bySession,
  request: { body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    200: {
      description: 'Changed. With a bearer token the new one stands in the body.',
      content: { 'application/json': { schema: passwordResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'unauthenticated',
      'invalid-credentials',
      'factor-required',
      'cross-site-request',
      'forbidden',
      'conflict',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `POST /api/v1/auth/password` */
export function addPassword(routes: RouteContext): void {
  const { app, tools } = routes
  const audit = auditSignIns(routes)
  app.openapi({ ...route, middleware: tools.signedIn }, async (context) => {
    const asking = await requireAccount(routes, context)
    const { current_password: current, new_password: next, ...asked } = context.req.valid('json')
    const proved = await provedPassword(routes, audit, context, asking, current)
    const endedSessions = asked.end_other_sessions ? 'others' : 'none'
    await change(proved, next, {
      by: `user:${asking.account.id}`,
      request: context.get('requestId'),
      sessionId: asking.session.id,
      endedSessions,
    })
    const { count, renewed } = await carriedOut(routes, context, asking, endedSessions)
    const answer = loginResponse(routes, asking.account, renewed, asking.credential)
    return context.json({ ...answer, revoked_count: count }, 200)
  })
}

/** Under the throttle of signing in: a session that was taken over is no way to try passwords. */
async function provedPassword(
  { tools, signIn }: RouteContext,
  audit: SignInAudit,
  context: ApiContext,
  { account, session }: SignedInAccount,
  password: string,
): Promise<ProvedPassword> {
  const outcome = await signIn.confirm(account.id, password, tools.requestFacts(context).ipAddress)
  switch (outcome.kind) {
    case 'throttled':
      await audit.throttled(context, { userId: account.id, sessionId: session.id })
      throw throttledProblem(outcome.retryAfterSeconds)
    case 'refused':
      await audit.passwordNotChanged(context, { userId: account.id, sessionId: session.id })
      throw new ProblemError('invalid-credentials', 'The current password is not right.', {
        field: 'current_password',
      })
    case 'confirmed':
      return outcome.password
  }
}

async function change(proved: ProvedPassword, next: string, asked: PasswordChange): Promise<void> {
  const outcome = await replaced(proved, next, asked)
  if (outcome.kind === 'invalid')
    throw new ProblemError('invalid-input', `new_password: ${outcome.message}.`, { field: 'new_password' })
  if (outcome.kind === 'changed-meanwhile')
    throw new ProblemError('conflict', 'The password was changed from elsewhere meanwhile.')
}

async function replaced(
  proved: ProvedPassword,
  next: string,
  asked: PasswordChange,
): Promise<PasswordChangeOutcome> {
  try {
    return await proved.replace(next, asked)
  } catch (error) {
    if (error instanceof TooManyPasswords) throw throttledProblem(2)
    throw error
  }
}

interface CarriedOut {
  readonly count: number
  readonly renewed: CreatedSession
}

/** After the change: what begins from then on needs the new password. */
async function carriedOut(
  routes: RouteContext,
  context: ApiContext,
  asking: SignedInAccount,
  ended: 'others' | 'none',
): Promise<CarriedOut> {
  try {
    const count = ended === 'others' ? await endOthers(routes, context, asking) : 0
    return { count, renewed: await renew(routes, context, asking) }
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error
    // "Nothing could be written" would be wrong, and trying again would be refused.
    throw new ProblemError(
      'storage-unavailable',
      'The password was changed, but the database was away before it was done with your sessions: look which go on.',
      { cause: error },
    )
  }
}

function endOthers(
  { program }: RouteContext,
  context: ApiContext,
  { account, session }: SignedInAccount,
): Promise<number> {
  return program.sessions.invalidateAllUserSessions(account.id, {
    by: `user:${account.id}`,
    request: context.get('requestId'),
    except: session.id,
  })
}

async function renew(
  { tools, program }: RouteContext,
  context: ApiContext,
  { account, session, credential }: SignedInAccount,
): Promise<CreatedSession> {
  const renewed = await program.sessions.renewSession(session.id, {
    amr: ['pwd'],
    by: `user:${account.id}`,
    roles: [account.role],
    request: context.get('requestId'),
  })
  // It ended while the password was changed.
  if (!renewed) throw unauthenticated()
  if (credential === 'cookie') tools.setSessionCookie(context, renewed)
  return renewed
}
