import { expect } from 'vitest'
import { rawGet, rawRequest } from '../../raw-request.ts'
import { cookieName } from '../ask.ts'
import { endpointsOf } from '../documented-endpoints.ts'
import { newAddress, newUser } from '../new-names.ts'
import { expectProblem, expectRefused } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import {
  askAsService,
  currentSession,
  expectAccepted,
  newSession,
  ownSessions,
  verified,
} from '../sessions-of-store.ts'
import { timedProgram } from '../timed-program.ts'

/** What broke elsewhere, numbered as in the list of real failures, and has no case of its own. */
export const regressionCases: readonly SecurityCase[] = [
  {
    name: 'regression 02: there is no anti-forgery token that could outlive a sign-in: each request has to come from our own origin [ASVS 3.5.1]',
    async run(store) {
      const { token } = await newSession(store)
      const page = await store.ask({ path: '/', session: token })
      expect(page.setCookies).toEqual([])
      const headers = { 'x-csrf-token': 'a', 'x-xsrf-token': 'a', 'sec-fetch-site': 'cross-site' }
      const cookie = `${cookieName}=${token}; csrf=a; XSRF-TOKEN=a; _csrf=a`
      const answer = await store.ask({
        method: 'DELETE',
        path: ownSessions,
        cookie,
        headers,
        body: { _csrf: 'a' },
      })
      expectProblem(answer, 403, 'cross-site-request')
      await expectAccepted(store, token)
    },
  },
  {
    name: 'regression 05: a session that owes a factor is accepted by no path and no cache, until it is completed under another token [ASVS 7.5.3] [ASVS 16.5.3]',
    async run(store) {
      const { token } = await newSession(store, { pending: true, amr: ['pwd'] })
      const { body: document } = await store.ask({ path: '/openapi.json' })
      const own = endpointsOf(document).filter(({ schemes }) => schemes.includes('sessionCookie'))
      for (const node of [0, 1] as const) {
        for (const { method, path } of own) {
          const answer = await store.ask({
            method,
            path,
            session: token,
            node,
            ...(method !== 'GET' && { body: {} }),
          })
          expect([401, 403], `${method} ${path}: ${answer.text}`).toContain(answer.status)
        }
        expectProblem(await store.ask({ path: currentSession, session: token, node }), 403, 'factor-required')
        expect(await verified(store, token, node)).toBe('pending')
        const form = { 'content-type': 'application/x-www-form-urlencoded' }
        const seen = await askAsService(store, 'POST', '/api/v1/introspect', `token=${token}`, {
          node,
          headers: form,
        })
        expect(seen.body).toEqual({ active: false })
      }
      const completed = await askAsService(store, 'POST', '/api/v1/sessions/renew', {
        token,
        cause: 'factor',
        amr: ['otp'],
      })
      expect(completed.status, completed.text).toBe(200)
      await expectAccepted(store, completed.body.token)
      expect(await verified(store, token)).not.toBe('active')
    },
  },
  {
    name: 'regression 07: addresses of one /64, in any spelling, share their attempts, and one that the visitor invented counts for nothing [ASVS 6.3.5]',
    async run(store) {
      const attempt = (address: string) =>
        store.ask({ method: 'POST', path: '/api/v1/auth/setup', body: wrongSetUp, address })
      const spellings = Array.from({ length: 60 }, (_, index) => {
        const last = (index + 1).toString(16)
        const all = [
          `2001:db8:7:7::${last}`,
          `2001:0DB8:0007:0007:0:0:0:${last}`,
          `9.9.9.${index}, 2001:db8:7:7::${last}`,
        ]
        return all[index % all.length] ?? ''
      })
      const statuses: number[] = []
      for (const address of spellings) statuses.push((await attempt(address)).status)
      expect(new Set(statuses)).toEqual(new Set([410, 429]))
      expect(statuses.at(-1)).toBe(429)
      expect((await attempt('2001:db8:7:8::1')).status).toBe(410)
      // An IPv4 address in IPv6 is that IPv4 address.
      const mapped = ['192.0.2.77', '::ffff:192.0.2.77', '::ffff:c000:24d']
      const more: number[] = []
      for (let index = 0; index < 51; index += 1) more.push((await attempt(mapped[index % 3] ?? '')).status)
      expect(more.at(-1)).toBe(429)
    },
  },
  {
    name: 'regression 08: what has no owner is nobody’s: no device codes are offered, and events about nobody are in no user’s activity',
    async run(store) {
      for (const path of ['/device', '/api/v1/auth/device', '/oauth/device_authorization'])
        expect((await store.ask({ method: 'POST', path, body: {} })).status).toBe(404)
      const { token, user } = await newSession(store)
      await store.ask({ path: currentSession, cookie: `${cookieName}=a; ${cookieName}=b` })
      const activity = await store.ask({ path: '/api/v1/security/activity', session: token })
      expect(activity.status, activity.text).toBe(200)
      for (const entry of activity.body.entries) expect(entry.user_id).toBe(user)
      // A user of a host back end has no account here, and no role by that.
      for (const path of ['/api/v1/auth/me', '/api/v1/admin/sessions', '/api/v1/admin/audit'])
        expectProblem(await store.ask({ path, session: token }), 403, 'forbidden')
    },
  },
  {
    name: 'regression 09: cookies beside ours that name sessions of others end none of them at sign-out [ASVS 7.4.1]',
    async run(store) {
      const [mine, victim] = [await newSession(store), await newSession(store)]
      const forged = ['multi-', '.', '-', '_multi_', 'latchkey.session_', ''].flatMap((part) => [
        `${cookieName}${part}${victim.id}=${victim.id}`,
        `${part}${victim.user}=${victim.token.slice(0, -2)}AA`,
      ])
      const cookie = [`${cookieName}=${mine.token}`, ...forged].join('; ')
      expect((await store.ask({ method: 'POST', path: '/api/v1/auth/logout', cookie })).status).toBe(200)
      expectRefused(await store.ask({ path: currentSession, session: mine.token }))
      await expectAccepted(store, victim.token)
    },
  },
  {
    name: 'regression 11: the secret of one session does not open another, of the same user or of somebody else [ASVS 7.2.3]',
    async run(store) {
      const one = await newSession(store)
      const others = [await newSession(store, { user: one.user }), await newSession(store)]
      for (const other of others) {
        const mixed = `${one.id}.${other.token.slice(other.token.indexOf('.') + 1)}`
        expectRefused(await store.ask({ path: currentSession, session: mixed }))
        expect(await verified(store, mixed)).toBe('unknown')
      }
    },
  },
  {
    name: 'regression 12: malformed targets and headers are answered with a refusal, and none hangs [ASVS 16.5.4]',
    async run(store) {
      const [url] = store.urls()
      for (const target of malformedTargets) {
        const { status, text } = await rawRequest(url, rawGet(target, []))
        expect(status, target).toBeGreaterThanOrEqual(target.startsWith('/?') ? 200 : 400)
        expect(status, `${target}: ${text}`).toBeLessThan(500)
      }
      for (const [name, value] of malformedHeaders) {
        const bytes = rawGet(currentSession, [[name, Buffer.from(value, 'latin1')]])
        const { status, text } = await rawRequest(url, bytes)
        expect([400, 401, 403, 431], `${name}: ${value.slice(0, 60)}: ${text}`).toContain(status)
      }
    },
  },
  {
    name: 'regression 14: what ends is over in the database and in each layer of cache, by an ending and by disabling the user [ASVS 7.4.1] [ASVS 7.4.2]',
    async run(store) {
      for (const cache of ['memory', 'none']) {
        await using timed = await timedProgram(store, { LATCHKEY_CACHE: cache })
        const { sessions } = timed.program()
        const [one, other] = await Promise.all(
          [1, 2].map(() => sessions.createSession({ userId: newUser() })),
        )
        if (!one || !other) throw new Error('Two sessions were made.')
        for (const { token } of [one, other]) expect(await timed.statusOf(token)).toBe(200)
        await sessions.invalidateSession(one.session.id)
        await sessions.disableUser(other.session.userId)
        for (const { session, token } of [one, other]) {
          expect(await timed.statusOf(token), cache).toBe(401)
          expect((await timed.program().storage.sessions.find(session.id))?.invalidatedAt).not.toBeNull()
        }
        await timed.reopen()
        for (const { token } of [one, other]) expect(await timed.statusOf(token), cache).toBe(401)
      }
    },
  },
  {
    name: 'regression 15: no GET signs anybody in or changes anything, and a sign-in has no state that a link could carry [ASVS 7.6.2] [ASVS 3.5.3]',
    async run(store) {
      for (const path of ['/api/v1/auth/login', '/api/v1/auth/logout', '/api/v1/auth/reauthenticate'])
        expectProblem(
          await store.ask({ path: `${path}?email=a&password=b&flow=c` }),
          405,
          'method-not-allowed',
        )
      const session = await newSession(store)
      const { body: document } = await store.ask({ path: '/openapi.json' })
      for (const { method, path } of endpointsOf(document)) {
        if (method !== 'GET') continue
        const answer = await store.ask({
          path: `${path}?_method=DELETE`,
          session: session.token,
          address: newAddress(),
        })
        expect(answer.setCookies, path).toEqual([])
        expect(answer.status, path).toBeLessThan(500)
      }
      await expectAccepted(store, session.token)
      const list = await askAsService(store, 'GET', `/api/v1/users/${session.user}/sessions`)
      expect(list.body.sessions).toHaveLength(1)
    },
  },
]

const wrongSetUp = { token: 'nobody-printed-this', email: 'a@example.com', password: 'long enough to be one' }

const malformedTargets = [
  '/%',
  '/%zz',
  '/api/v1/security/sessions/%ff',
  '/api/v1/security/sessions/%00',
  '/api/v1/users/%E0%A4%A/sessions',
  '/api/v1/forward-auth/../../../healthz',
  '//',
  '/\\evil.example',
  `/${'a'.repeat(9_000)}`,
  '/?callbackUrl=%',
  '/?callbackUrl=http%3A%2F%2F%5B',
  'http://[',
  '*',
  '?',
]

const malformedHeaders: readonly (readonly [string, string])[] = [
  ['Cookie', ';;;=;=;'],
  ['Cookie', `${cookieName}`],
  ['Cookie', `${cookieName}=${'a'.repeat(9_000)}`],
  ['Cookie', 'a=1; '.repeat(2_000)],
  ['Authorization', 'Bearer'],
  ['Authorization', 'Bearer \u00ff'],
  ['Authorization', `Bearer ${'='.repeat(8_000)}`],
  ['Authorization', 'Bearer a, Bearer b'],
  ['X-Forwarded-For', ',,,,'],
  ['X-Forwarded-For', '[::1'],
  ['X-Forwarded-For', '1.2.3.4, '.repeat(1_000)],
  ['Forwarded', 'for="'],
  ['Host', 'a b'],
  ['Host', '[::'],
  ['Origin', 'http://['],
  ['User-Agent', '\u00ff'.repeat(4_000)],
  ['Sec-CH-UA', '"'.repeat(4_000)],
  ['Accept-Language', '*;q='.repeat(2_000)],
]
