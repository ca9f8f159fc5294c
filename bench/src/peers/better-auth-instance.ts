import { DatabaseSync } from 'node:sqlite'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'

/** What spares better-auth its database: a signed cookie with the session in it, or another store. */
export type BetterAuthCache = Required<Pick<BetterAuthOptions, 'session'>> | RedisStorage

type RedisStorage = Required<Pick<BetterAuthOptions, 'secondaryStorage'>>

export const cookieCache: BetterAuthCache = { session: { cookieCache: { enabled: true, maxAge: 3_600 } } }

/** better-auth with SQLite in memory behind one of its caches. */
export async function betterAuthInstance(baseURL: string, cache: BetterAuthCache) {
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
    ...cache,
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
