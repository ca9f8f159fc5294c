import { createRoute, z } from '@hono/zod-openapi'
import {
  type ApiContext,
  loginResponseSchema,
  ProblemError,
  problems,
  setupStateResponseSchema,
} from 'latchkey/http'
import type { Account } from '../../accounts/account.ts'
import type { SetupOutcome } from '../../accounts/accounts.ts'
import { TooManyPasswords } from '../../accounts/password-hasher.ts'
import type { RouteContext } from '../route-context.ts'
import { throttledProblem } from '../throttled-problem.ts'
import { emailInput, passwordInput } from './credential-schemas.ts'
import { loginResponse } from './login-response.ts'
import { auditSignIns } from './sign-in-audit.ts'

const stateRoute = createRoute({
  method: 'get',
  path: '/api/v1/auth/setup',
  tags: ['signing in'],
  summary: 'Whether the first administrator is still to be made',
  security: [],
  responses: {
    200: {
      description: 'Open until there is an administrator, for as long as the link lasts.',
      content: { 'application/json': { schema: setupStateResponseSchema } },
    },
    ...problems('storage-unavailable'),
  },
})

const route = createRoute({
  method: 'post',
  path: '/api/v1/auth/setup',
  tags: ['signing in'],
  summary: 'Make the first administrator and sign in',
  security: [],
  description: 'With the token of the link that `latchkey serve` prints. It works once.',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            token: z.string().min(1).max(200),
            email: emailInput,
            password: passwordInput,
          }),
        },
      },
    },
  },
  responses: {
    201: {
      description: 'The administrator was made and is signed in.',
      content: { 'application/json': { schema: loginResponseSchema } },
    },
    ...problems(
      'malformed-request',
      'cross-site-request',
      'conflict',
      'setup-unavailable',
      'body-too-large',
      'unsupported-media-type',
      'invalid-input',
      'too-many-attempts',
      'storage-unavailable',
    ),
  },
})

/** `GET` and `POST /api/v1/auth/setup` */
export function addSetup(routes: RouteContext): void {
  const { app, tools, program } = routes
  const audit = auditSignIns(routes)
  app.openapi(stateRoute, async (context) =>
    context.json({ open: await program.accounts.isSetupOpen() }, 200),
  )
  app.openapi(route, async (context) => {
    tools.checkSameOrigin(context)
    const { token, ...credentials } = context.req.valid('json')
    const account = await madeAdministrator(routes, context, token, credentials)
    const signedIn = { userId: account.id, amr: ['pwd'], roles: [account.role] }
    const created = await tools.startSession(context, signedIn, 'cookie')
    await audit.succeeded(context, account.id, created.session.id)
    return context.json(loginResponse(routes, account, created, 'cookie'), 201)
  })
}

async function madeAdministrator(
  { tools, program, throttle }: RouteContext,
  context: ApiContext,
  token: string,
  credentials: { readonly email: string; readonly password: string },
): Promise<Account> {
  const { ipAddress } = tools.requestFacts(context)
  // Counted by address only: nobody shall be able to lock out who holds the link.
  const attempt = { account: `set-up from ${ipAddress}`, ipAddress }
  const wait = await throttle.admit(attempt)
  if (wait !== null) throw throttledProblem(wait)
  const outcome = await setUp(program, token, credentials, context.get('requestId'))
  if (outcome.kind !== 'unavailable') await throttle.succeeded(attempt)
  if (outcome.kind === 'created') return outcome.account
  throw setupProblem(outcome)
}

async function setUp(
  program: RouteContext['program'],
  token: string,
  credentials: { readonly email: string; readonly password: string },
  request: string,
): Promise<SetupOutcome> {
  try {
    return await program.accounts.setUp(token, credentials, request)
  } catch (error) {
    if (error instanceof TooManyPasswords) throw throttledProblem(2)
    throw error
  }
}

function setupProblem(outcome: Exclude<SetupOutcome, { readonly kind: 'created' }>): ProblemError {
  switch (outcome.kind) {
    case 'unavailable':
      return new ProblemError(
        'setup-unavailable',
        'This link has been used, has expired, or was replaced by a later start.',
      )
    case 'email-taken':
      return new ProblemError('conflict', 'This e-mail address has an account already.', { field: 'email' })
    case 'invalid':
      return new ProblemError('invalid-input', `${outcome.field}: ${outcome.message}.`, {
        field: outcome.field,
      })
  }
}
