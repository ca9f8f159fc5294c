import { LatchkeyError, systemClock } from 'latchkey'
import { type AnsweredRequest, createSessionsApi, ProblemError, type SessionsApi } from 'latchkey/http'
import type { Logger } from 'pino'
import { createSignIn } from '../accounts/sign-in.ts'
import type { SignInThrottle } from '../accounts/sign-in-throttle.ts'
import { addProgramRoutes } from '../routes/add-program-routes.ts'
import { recordExceededLimits } from './exceeded-limits.ts'
import { keepAccountsApart } from './keep-accounts-apart.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import type { Program } from './open-program.ts'
import { newProgramLife, type ProgramLife } from './program-life.ts'
import { createRefusalLimiter } from './refusal-limiter.ts'
import { rememberApiKeys } from './remembered-api-keys.ts'
import { securityHeaders } from './security-headers.ts'

/** The library's API with everything that the program adds to it, as one function. */
export function programApi(
  program: Program,
  publicUrl: string,
  logger: Logger,
  life: ProgramLife = newProgramLife(logger),
  metrics: Metrics = createMetrics(program, life.coherence),
): SessionsApi {
  const onExceeded = exceededLimits(program, metrics, logger)
  const throttle = announcedThrottle(program.throttle, onExceeded)
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
    allowedOrigins: program.settings.allowedOrigins,
    secret: program.secret,
    refusals: createRefusalLimiter({
      clock: systemClock,
      onExceeded: (source, refused) =>
        onExceeded('refused-credentials', source.split('/', 1)[0] ?? null, refused),
      onRefused: (reason) => metrics.countRefusal(reason),
    }),
    onRequestError: (error, requestId) => logFailure(logger, error, requestId),
    extend: (app, tools) =>
      addProgramRoutes({ app, tools, program, signIn, throttle, metrics, logger, life }),
  })
}

type OnExceeded = ReturnType<typeof recordExceededLimits>

/** Counts each one, and records it once for each source and while. */
function exceededLimits(program: Program, metrics: Metrics, logger: Logger): OnExceeded {
  const { sessions, nameSource } = program
  const record = recordExceededLimits({ sessions, nameSource, clock: systemClock, logger })
  return (limit, ipAddress, refused) => {
    metrics.countExceeded(limit)
    record(limit, ipAddress, refused)
  }
}

/** The same throttle; who is stopped by it is told of. */
function announcedThrottle(throttle: SignInThrottle, onExceeded: OnExceeded): SignInThrottle {
  return {
    ...throttle,
    admit: async (attempt) => {
      const wait = await throttle.admit(attempt)
      if (wait !== null) onExceeded('sign-ins', attempt.ipAddress, null)
      return wait
    },
  }
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
