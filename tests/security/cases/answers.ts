import { expect } from 'vitest'
import { administrator } from '../../running-program.ts'
import type { Answer } from '../ask.ts'
import { endpointsOf } from '../documented-endpoints.ts'
import { expectProblem } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession, expectAccepted, newSession, ownSessions } from '../sessions-of-store.ts'

/** What every answer tells a browser, and what no answer offers. */
export const answerCases: readonly SecurityCase[] = [
  {
    name: 'every answer has the rules for browsers: HSTS of two years, no inline code, no sniffing, no frames, no referrer [ASVS 3.4.1] [ASVS 3.4.3] [ASVS 3.4.4] [ASVS 3.4.5] [ASVS 3.4.6] [ASVS 3.4.7] [ASVS 3.4.8] [ASVS 3.5.8]',
    async run(store) {
      const { token } = await newSession(store)
      for (const path of ['/', '/openapi.json', '/healthz', '/nowhere', currentSession, '/api/v1/auth/me'])
        for (const asking of [{ path }, { path, session: token }, { method: 'DELETE', path }])
          expectRulesForBrowsers(await store.ask(asking))
    },
  },
  {
    name: 'signing out has the browser forget what it keeps, besides the cookie [ASVS 14.3.1]',
    async run(store) {
      const { token } = await newSession(store)
      const answer = await store.ask({ method: 'POST', path: '/api/v1/auth/logout', session: token })
      expect(answer.headers['clear-site-data']).toMatch(/"cache"/)
      expect(answer.headers['clear-site-data']).toMatch(/"storage"/)
      expect(answer.setCookies[0]).toMatch(/^__Host-latchkey=;.*Max-Age=0/)
    },
  },
  {
    name: 'other origins are granted nothing: there is no list of them unless the operator makes one [ASVS 3.4.2]',
    async run(store) {
      const { token } = await newSession(store)
      for (const origin of ['https://evil.example.net', 'null', 'https://sessions.example.com.evil.net']) {
        const headers = { origin, 'access-control-request-method': 'DELETE' }
        for (const asking of [
          { method: 'OPTIONS', path: ownSessions, headers },
          { path: ownSessions, session: token, headers: { origin } },
        ]) {
          const answer = await store.ask(asking)
          expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
        }
      }
    },
  },
  {
    name: 'what changes something by cookie has to come from our own origin, whatever its type or method claims to be [ASVS 3.5.1] [ASVS 3.5.2] [ASVS 3.5.3] [NIST 5.1]',
    async run(store) {
      const { token } = await newSession(store)
      const strange: readonly Readonly<Record<string, string>>[] = [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' },
        { 'sec-fetch-site': 'cross-site', 'x-http-method-override': 'GET' },
      ]
      const { body: document } = await store.ask({ path: '/openapi.json' })
      for (const { method, path, schemes } of endpointsOf(document)) {
        if (method === 'GET' || !schemes.includes('sessionCookie')) continue
        for (const headers of strange)
          expectProblem(
            await store.ask({ method, path, session: token, headers, body: {} }),
            403,
            'cross-site-request',
          )
      }
      await expectAccepted(store, token)
    },
  },
  {
    name: 'an account that there is and one that there is not are refused with the same words [ASVS 6.3.8] [ASVS 16.5.1]',
    async run(store) {
      const attempt = (email: string) =>
        store.ask({
          method: 'POST',
          path: '/api/v1/auth/login',
          body: { email, password: 'not the right one' },
        })
      const [known, unknown] = [await attempt(administrator.email), await attempt('nobody@example.com')]
      for (const answer of [known, unknown]) expectProblem(answer, 401, 'invalid-credentials')
      expect({ ...known.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' })
      expect(Object.keys(known.headers)).toEqual(Object.keys(unknown.headers))
    },
  },
  {
    name: 'not offered, and not there: OpenID Connect, back-channel logout, shared signals, web hooks, JSON Web Tokens, DPoP [ASVS 7.1.3] [ASVS 7.6.1] [ASVS 9.1.1] [ASVS 9.1.2] [ASVS 9.1.3] [ASVS 9.2.1] [ASVS 9.2.3] [ASVS 9.2.4] [ASVS 10.3.5] [ASVS 10.5.5] [ASVS 10.6.2] [ASVS 10.7.3] [ASVS 13.2.4] [ASVS 13.2.5]',
    async run(store) {
      const { token } = await newSession(store)
      const paths = [
        '/oauth/token',
        '/oauth/authorize',
        '/.well-known/openid-configuration',
        '/.well-known/jwks.json',
      ]
      const more = [
        '/backchannel-logout',
        '/ssf/streams',
        '/.well-known/ssf-configuration',
        '/events',
        '/webhooks',
      ]
      for (const path of [...paths, ...more, '/api/v1/webhooks', '/api/v1/consents', '/api/v1/auth/callback'])
        for (const method of ['POST', 'PUT', 'DELETE'])
          expect([404, 405], path).toContain(
            (await store.ask({ method, path, session: token, body: {} })).status,
          )
      for (const jwt of [
        unsigned({ sub: 'admin', exp: 9_999_999_999 }),
        `${unsigned({ sub: 'admin' })}AAAA`,
      ]) {
        for (const asking of [
          { session: jwt },
          { bearer: jwt },
          { headers: { authorization: `DPoP ${jwt}`, dpop: jwt } },
        ])
          expect((await store.ask({ path: currentSession, ...asking })).status).toBe(401)
      }
    },
  },
  {
    name: 'no answer leads elsewhere, whatever the request names as a place to go on [ASVS 3.7.2]',
    async run(store) {
      const { token } = await newSession(store)
      for (const place of [
        '//evil.example',
        '\\\\evil.example',
        'https:evil.example',
        'https://evil.example',
        'javascript:1',
      ]) {
        const query = new URLSearchParams({
          return_to: place,
          next: place,
          redirect_uri: place,
          callbackUrl: place,
        })
        for (const path of ['/', '/login', '/setup', '/api/v1/auth/me', '/api/v1/forward-auth']) {
          const answer = await store.ask({ path: `${path}?${query}`, session: token })
          expect(answer.headers.location ?? '/').toMatch(/^\/([a-z/]+)?$/)
        }
      }
    },
  },
]

function expectRulesForBrowsers({ headers }: Answer): void {
  expect(headers['strict-transport-security']).toMatch(/^max-age=63072000; includeSubDomains/)
  const policy = headers['content-security-policy'] ?? ''
  for (const rule of ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(rule)
  expect(policy).not.toMatch(/unsafe|\*|report/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cross-origin-resource-policy']).toBe('same-origin')
}

/** With the algorithm `none`. */
function unsigned(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`
}
