import { LatchkeyError, systemClock } from 'latchkey'
import { type AnsweredRequest, createSessionsApi, ProblemError, type SessionsApi } from 'latchkey/http'
import type { Logger } from 'pino'
import { createSignIn } from '../accounts/sign-in.ts'
import { createSignInThrottle } from '../accounts/sign-in-throttle.ts'
import { addProgramRoutes } from '../routes/add-program-routes.ts'
import { keepAccountsApart } from './keep-accounts-apart.ts'
import { createMetrics } from './metrics.ts'
import type { Program } from './open-program.ts'
import { newProgramLife, type ProgramLife } from './program-life.ts'
import { rememberApiKeys } from './remembered-api-keys.ts'
import { securityHeaders } from './security-headers.ts'

/** The library's API with everything that the program adds to it, as one function. */
export function programApi(
  program: Program,
  publicUrl: string,
  logger: Logger,
  life: ProgramLife = newProgramLife(logger),
): SessionsApi {
  const metrics = createMetrics(program.sessions, life.coherence)
  const throttle = createSignInThrottle()
  const signIn = createSignIn(program.accounts, throttle)
  return createSessionsApi({
    sessions: keepAccountsApart(metrics.counted(program.sessions), program.accounts),
    publicUrl,
    trustedProxies: program.settings.trustedProxies,
    forwardedHeader: program.settings.forwardedHeader,
    authenticateService: rememberApiKeys(program.apiKeys, systemClock),
    onRequest: (done) => {
      metrics.countRequest(done)
      logRequest(logger, done)
    },
    answerHeaders: securityHeaders(publicUrl),
    onRequestError: (error, requestId) => logFailure(logger, error, requestId),
    extend: (app, tools) =>
      addProgramRoutes({ app, tools, program, signIn, throttle, metrics, logger, life }),
  })
}

/** Asked by proxies and host back ends with every request of their own, which is in their logs already. */
const askedConstantly = new Set(['/api/v1/forward-auth', '/api/v1/forward-auth/*', '/api/v1/sessions/verify'])

/** A line for each request at `info`; at `debug` for those that are asked constantly and went well. */
function logRequest(logger: Logger, done: AnsweredRequest): void {
  const level = done.status < 400 && askedConstantly.has(done.route) ? 'debug' : 'info'
  if (!logger.isLevelEnabled(level)) return
  logger[level]({ ...done, durationMs: Math.round(done.durationMs * 100) / 100 }, 'request')
}

/** A defect with everything that is known of it. That the storage is away is said in a line, as it may be each request's. */
function logFailure(logger: Logger, error: unknown, requestId: string): void {
  if (error instanceof ProblemError && error.code === 'stopping') return
  if (error instanceof LatchkeyError && error.retryable) {
    logger.warn({ code: error.code, reason: error.message, requestId }, 'request failed')
    return
  }
  logger.error({ err: error, requestId }, 'request failed')
}
