import { betterAuthInstance, signedUpCookies } from '../better-auth-instance.ts'
import type { Preparation } from '../contestant.ts'

const sessionCount = 100

/** `auth.api.getSession` of better-auth with its cookie cache, which is its quickest way. */
export const prepare: Preparation = async () => {
  const auth = await betterAuthInstance('http://127.0.0.1:3000')
  const people: { email: string; headers: Headers }[] = []
  for (let index = 0; index < sessionCount; index += 1) {
    const email = `user-${index}@example.com`
    people.push({ email, headers: new Headers({ cookie: await signedUpCookies(auth, email) }) })
  }
  let next = 0
  return {
    run: async (times) => {
      for (let done = 0; done < times; done += 1) {
        const person = people[next % sessionCount]
        if (person === undefined) throw new Error('Nobody')
        const found = await auth.api.getSession({ headers: person.headers })
        if (found?.user.email !== person.email) throw new Error('Wrong answer')
        next += 1
      }
    },
    close: async () => {},
  }
}
