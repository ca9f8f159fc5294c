import { expect } from 'vitest'
import { serviceKey } from '../../running-program.ts'
import { cookieName } from '../ask.ts'
import { endpointsOf } from '../documented-endpoints.ts'
import { newUser } from '../new-names.ts'
import { expectAudited, expectRefused } from '../refusals.ts'
import { runSecretsMatrix } from '../secrets-matrix.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession, expectAccepted, newSession, ownSessions } from '../sessions-of-store.ts'
import { timedProgram } from '../timed-program.ts'

/** Credentials where none belongs, two of them, and cookies that only look like ours. */
export const placeCases: readonly SecurityCase[] = [
  {
    name: 'case 06, regression 10: of every kind of secret, sent to every endpoint in every way, each is accepted at its own place only [ASVS 7.2.2] [ASVS 9.2.2]',
    run: runSecretsMatrix,
  },
  {
    name: 'case 06: the token of a set-up link that is open is no session and no key, and neither of those sets anything up [ASVS 9.2.2]',
    async run(store) {
      await using timed = await timedProgram(store)
      const link = (await timed.program().accounts.openSetup()) ?? ''
      expect(link.length).toBeGreaterThan(20)
      const { token } = await timed.program().sessions.createSession({ userId: newUser() })
      const document = await (await timed.send({ path: '/openapi.json' })).json()
      for (const { method, path, schemes } of endpointsOf(document)) {
        if (schemes.length === 0) continue
        for (const way of [{ session: link }, { bearer: link }])
          expect((await timed.send({ method, path, ...way })).status, path).toBe(401)
      }
      for (const secret of [token, serviceKey, link.slice(0, -1)]) {
        const body = { token: secret, email: 'a@example.com', password: 'a password that is long' }
        const answer = await timed.send({ method: 'POST', path: '/api/v1/auth/setup', body })
        expect(answer.status).toBe(410)
      }
      expect(await timed.program().accounts.isSetupOpen()).toBe(true)
    },
  },
  {
    name: 'case 07: a token in the query, a form, Referer or a header of another name counts for nothing and reaches no log [ASVS 14.2.1] [ASVS 16.2.5]',
    async run(store) {
      const { token } = await newSession(store)
      const inQuery = `token=${token}&access_token=${token}&${cookieName}=${token}`
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const asked = [
        { path: `${currentSession}?${inQuery}` },
        { path: `/api/v1/forward-auth?${inQuery}` },
        { path: currentSession, headers: { referer: `https://sessions.example.com/?${inQuery}` } },
        { method: 'DELETE', path: ownSessions, body: inQuery, headers: form },
        { method: 'DELETE', path: ownSessions, body: { token, access_token: token } },
        ...['x-session-token', 'x-auth-token', 'x-latchkey-session', 'proxy-authorization', 'token'].map(
          (name) => ({ path: currentSession, headers: { [name]: token } }),
        ),
        { path: currentSession, headers: { authorization: `Basic ${btoa(`${token}:`)}` } },
        { path: currentSession, headers: { authorization: `Token ${token}` } },
      ]
      for (const asking of asked) expectRefused(await store.ask(asking))
      await store.ask({ path: `/nowhere/${token}?${inQuery}` })
      await expectAccepted(store, token)
      expect(store.output()).not.toContain(token.slice(token.indexOf('.') + 1, -10))
    },
  },
  {
    name: 'case 08: cookie and bearer token together are refused, of one session or of two, and the audit log says so [ASVS 16.3.3]',
    async run(store) {
      const [one, other] = [await newSession(store), await newSession(store)]
      for (const bearer of [one.token, other.token, 'x']) {
        const answer = await store.ask({ path: currentSession, session: one.token, bearer })
        expectRefused(answer)
        await expectAudited(store, answer, 'two-credentials')
      }
      for (const { token } of [one, other]) await expectAccepted(store, token)
    },
  },
  {
    name: 'case 09: two cookies of our name are refused, both scopes are cleared, and the audit log says so [ASVS 16.3.3]',
    async run(store) {
      const [mine, planted] = [await newSession(store), await newSession(store)]
      const cookies = [
        `${cookieName}=${mine.token}; ${cookieName}=${planted.token}`,
        `${cookieName}=${planted.token}; other=1; ${cookieName}=${mine.token}`,
        `${cookieName}=${mine.token}; ${cookieName}=${mine.token}`,
        `${cookieName}=${mine.token}; ${cookieName}=`,
      ]
      for (const cookie of cookies) {
        const answer = await store.ask({ path: currentSession, cookie })
        expectRefused(answer)
        const cleared = answer.setCookies.filter((one) => one.startsWith(`${cookieName}=;`))
        expect(cleared.some((one) => !/domain=/i.test(one))).toBe(true)
        expect(cleared.some((one) => /domain=example\.com(;|$)/i.test(one))).toBe(true)
        await expectAudited(store, answer, 'planted-cookie')
      }
      for (const { token } of [mine, planted]) await expectAccepted(store, token)
    },
  },
  {
    name: 'case 10: a cookie whose name only resembles ours is none: spaces of other kinds, another case, another prefix [ASVS 3.3.3]',
    async run(store) {
      const { token } = await newSession(store)
      const names = ['\u00a0', '\u00c2\u00a0', '\t', '\u0085', '"', "'", '_', '%20', '%5F', '\u00ad']
        .map((before) => before + cookieName)
        .concat(
          ['\u00a0', '\t', ' ', '.', '"', '%20', '2'].map((after) => cookieName + after),
          [
            '__host-latchkey',
            '__HOST-LATCHKEY',
            '__Host-Latchkey',
            '__Secure-latchkey',
            'latchkey',
            'Host-latchkey',
          ],
          ['__Host_latchkey', '__Host-latchkey-device', '$__Host-latchkey', '__Host-__Host-latchkey', ''],
        )
      for (const name of names) {
        const answer = await store.ask({ path: currentSession, cookie: `other=1; ${name}=${token}` })
        expectRefused(answer)
        // Nor does a look-alike stand in the way of the real one.
        const both = await store.ask({
          path: currentSession,
          cookie: `other=1; ${name}=x; ${cookieName}=${token}`,
        })
        expect(both.status, JSON.stringify(name)).toBe(200)
      }
      expectRefused(await store.ask({ path: currentSession, cookie: token }))
      expectRefused(await store.ask({ path: currentSession, cookie: `other="${cookieName}=${token}` }))
    },
  },
]
