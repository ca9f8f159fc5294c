import type { Contestant, Preparation } from '../contestant.ts'
import {
  type BetterAuthCache,
  betterAuthInstance,
  cookieCache,
  signedUpCookies,
} from '../peers/better-auth-instance.ts'
import { byCallers } from './by-callers.ts'

const sessionCount = 100

export const prepare: Preparation = () => verifyBetterAuth(cookieCache, 1, () => {})

/** `auth.api.getSession` of better-auth with one of its caches, so many calls at a time. */
export async function verifyBetterAuth(
  cache: BetterAuthCache,
  callers: number,
  close: () => void,
): Promise<Contestant> {
  const auth = await betterAuthInstance('http://127.0.0.1:3000', cache)
  const people: { email: string; headers: Headers }[] = []
  for (let index = 0; index < sessionCount; index += 1) {
    const email = `user-${index}@example.com`
    people.push({ email, headers: new Headers({ cookie: await signedUpCookies(auth, email) }) })
  }
  return {
    run: byCallers(callers, async (index) => {
      const person = people[index % sessionCount]
      if (person === undefined) throw new Error('Nobody')
      const found = await auth.api.getSession({ headers: person.headers })
      if (found?.user.email !== person.email) throw new Error('Wrong answer')
    }),
    close: async () => close(),
  }
}
