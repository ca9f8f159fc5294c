import { expect } from 'vitest'
import { administrator } from '../../running-program.ts'
import { type Answer, cookieName } from '../ask.ts'
import { endpointsOf } from '../documented-endpoints.ts'
import type { SecurityCase } from '../security-case.ts'
import { newSession } from '../sessions-of-store.ts'

/** What caches on the way may keep. */
export const keptAnswerCases: readonly SecurityCase[] = [
  {
    name: 'regression 13: every answer that sets a cookie or depends on who asks is kept by no cache and says by what it varies [ASVS 14.2.2] [ASVS 14.3.2]',
    async run(store) {
      const { token } = await newSession(store)
      const { body: document } = await store.ask({ path: '/openapi.json' })
      const admin = await store.administrator()
      for (const { method, path } of endpointsOf(document)) {
        if (method !== 'GET' || !path.startsWith('/api/')) continue
        for (const session of [token, admin, 'x']) expectNotKept(await store.ask({ path, session }))
      }
      const login = await store.ask({ method: 'POST', path: '/api/v1/auth/login', body: administrator })
      expect(login.setCookies.length).toBeGreaterThan(0)
      const logout = { method: 'POST', path: '/api/v1/auth/logout', session: login.sessionToken ?? '' }
      for (const answer of [login, await store.ask(logout)]) expectNotKept(answer)
    },
  },
  {
    name: 'regression 20: every cookie is opaque, for this host and scheme alone, and short; the token stands in no body beside it [ASVS 3.3.1] [ASVS 3.3.2] [ASVS 3.3.3] [ASVS 3.3.4] [ASVS 3.3.5] [ASVS 3.5.4] [NIST 5.1.1]',
    async run(store) {
      const answer = await store.ask({ method: 'POST', path: '/api/v1/auth/login', body: administrator })
      expect(answer.setCookies.length).toBeGreaterThan(0)
      for (const setCookie of answer.setCookies) {
        expect(setCookie).toMatch(new RegExp(`^${cookieName}(-device)?=[A-Za-z0-9_.~-]+;`))
        for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'])
          expect(setCookie).toContain(attribute)
        expect(setCookie).not.toMatch(/domain/i)
        expect(setCookie.length).toBeLessThan(4_096)
        expect(setCookie).not.toContain(answer.body.user.id)
      }
      expect(answer.body.token).toBeUndefined()
      expect(answer.text).not.toContain(answer.sessionToken)
    },
  },
]

function expectNotKept({ headers, text }: Answer): void {
  expect(headers['cache-control'], text).toBe('no-store')
  expect(headers['vary'], text).toMatch(/Cookie.*Authorization/)
}
