import { createSessionsApi, type SessionsApi } from 'latchkey/http'
import type { Logger } from 'pino'
import { createSignIn } from '../accounts/sign-in.ts'
import { createSignInThrottle } from '../accounts/sign-in-throttle.ts'
import { addProgramRoutes } from '../routes/add-program-routes.ts'
import { keepAccountsApart } from './keep-accounts-apart.ts'
import { createMetrics } from './metrics.ts'
import type { Program } from './open-program.ts'

/** The library's API with everything that the program adds to it, as one function. */
export function programApi(program: Program, publicUrl: string, logger: Logger): SessionsApi {
  const metrics = createMetrics(program.sessions)
  const throttle = createSignInThrottle()
  const signIn = createSignIn(program.accounts, throttle)
  return createSessionsApi({
    sessions: keepAccountsApart(metrics.counted(program.sessions), program.accounts),
    publicUrl,
    trustedProxies: program.settings.trustedProxies,
    authenticateService: (key) => program.apiKeys.authenticate(key),
    onRequest: (done) => {
      metrics.countRequest(done)
      logger.info({ ...done, durationMs: Math.round(done.durationMs * 100) / 100 }, 'request')
    },
    onRequestError: (error, requestId) => logger.error({ err: error, requestId }, 'request failed'),
    extend: (app, tools) => addProgramRoutes({ app, tools, program, signIn, throttle, metrics, logger }),
  })
}
