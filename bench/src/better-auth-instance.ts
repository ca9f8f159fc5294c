import { DatabaseSync } from 'node:sqlite'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'

/** better-auth at its quickest: SQLite in memory, and the session in a signed cookie so that no read is needed. */
export async function betterAuthInstance(baseURL: string) {
  const options = {
    baseURL,
    secret: 'a secret for measuring only, of more than thirty-two characters',
    database: new DatabaseSync(':memory:'),
    // Signing up is not measured: a hash that costs nothing makes the preparation short.
    emailAndPassword: {
      enabled: true,
      password: {
        hash: async (text: string) => text,
        verify: async (one: { hash: string; password: string }) => one.hash === one.password,
      },
    },
    session: { cookieCache: { enabled: true, maxAge: 3_600 } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' as const },
  }
  const { runMigrations } = await getMigrations(options)
  await runMigrations()
  return betterAuth(options)
}

/** Signs somebody up and returns the cookies that their browser would send from then on. */
export async function signedUpCookies(
  auth: Awaited<ReturnType<typeof betterAuthInstance>>,
  email: string,
): Promise<string> {
  const { headers } = await auth.api.signUpEmail({
    body: { email, password: 'a long enough password', name: email },
    returnHeaders: true,
  })
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
