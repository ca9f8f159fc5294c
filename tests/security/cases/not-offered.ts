import { expect } from 'vitest'
import { administrator } from '../../running-program.ts'
import type { Answer, Asking } from '../ask.ts'
import type { SecurityCase } from '../security-case.ts'
import {
  askAsService,
  currentSession,
  expectAccepted,
  expectOver,
  newSession,
  type UserSession,
} from '../sessions-of-store.ts'
import type { StartedStore } from '../started-store.ts'

/** What Latchkey does not offer: whoever tries it finds nothing there, and nothing changes. */
export const notOfferedCases: readonly SecurityCase[] = [
  {
    name: 'case 49: sessions bound to devices (DBSC) are not offered, and not there: no answer begins a registration, none of its endpoints exist, and its headers do nothing [ASVS 9.1.3]',
    async run(store) {
      const session = await newSession(store)
      const proof = unsigned({ jti: 'challenge', key: { kty: 'EC', crv: 'P-256', x: 'a', y: 'b' } })
      const headers = {
        'secure-session-response': `"${proof}"`,
        'sec-session-response': proof,
        'sec-secure-session-id': session.id,
        'sec-session-registration': '(ES256);path="/register";challenge="a"',
      }
      await expectAbsent(store, session, [
        '/.well-known/device-bound-sessions',
        '/securesession/startsession',
        '/securesession/refresh',
        '/api/v1/sessions/bind',
        '/api/v1/dbsc/registration',
        '/api/v1/dbsc/refresh',
      ])
      const asked: readonly Asking[] = [
        { method: 'POST', path: '/api/v1/auth/login', body: administrator },
        { path: currentSession, session: session.token },
        { path: currentSession, session: session.token, headers },
        { path: '/sign-in', headers: { accept: 'text/html' } },
      ]
      for (const asking of asked) expectNoBinding(await store.ask(asking))
      // The proof of a key, whosever, is no credential.
      expect((await store.ask({ path: currentSession, headers })).status).toBe(401)
      expect((await store.ask({ path: currentSession, bearer: proof })).status).toBe(401)
      await expectAccepted(store, session.token)
    },
  },
  {
    name: 'case 50: without bound sessions a header that claims that a binding was skipped, or a cookie that stands for one, opens and ends nothing [ASVS 7.2.3]',
    async run(store) {
      const session = await newSession(store)
      const headers = {
        'secure-session-skipped': 'unreachable;session_identifier="a"',
        'sec-secure-session-skipped': 'quota_exceeded',
        'sec-session-skipped': 'server_error',
      }
      const bound = `__Host-latchkey-bound=${session.token}; __Secure-auth=${session.id}`
      for (const cookie of [bound, `other=1; ${bound}`])
        expect((await store.ask({ path: currentSession, cookie, headers })).status).toBe(401)
      expect((await store.ask({ path: currentSession, headers })).status).toBe(401)
      const answer = await store.ask({ path: currentSession, session: session.token, headers })
      expect(answer.status).toBe(200)
      expectNoBinding(answer)
      const end = await store.ask({
        method: 'POST',
        path: '/api/v1/auth/logout',
        session: session.token,
        headers,
      })
      expect(end.status).toBe(200)
      await expectOver(store, session.token)
      expect((await store.ask({ path: currentSession, session: session.token, headers })).status).toBe(401)
    },
  },
  {
    name: 'case 51: back-channel logout is not offered, and not there: no logout token, good or bad, ends a session [ASVS 10.5.5] [ASVS 9.1.1] [ASVS 9.1.2]',
    async run(store) {
      const session = await newSession(store)
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
      const claims = {
        iss: 'https://idp.example',
        aud: 'latchkey',
        sub: session.user,
        sid: session.id,
        jti: 'a',
      }
      const tokens = [
        unsigned({ ...claims, events, exp: 4_102_444_800 }),
        unsigned({ ...claims, exp: 4_102_444_800 }),
        unsigned({ ...claims, events, nonce: 'a' }),
        unsigned({ ...claims, events, exp: 1 }),
      ]
      const type = { 'content-type': 'application/x-www-form-urlencoded' }
      for (const path of [
        '/backchannel-logout',
        '/api/v1/auth/backchannel-logout',
        '/api/v1/auth/logout/backchannel',
      ])
        for (const token of tokens)
          expectNotThere(
            await store.ask({ method: 'POST', path, body: `logout_token=${token}`, headers: type }),
          )
      // Nor does the sign-out that there is take one.
      const form = { method: 'POST', path: '/api/v1/auth/logout', body: `logout_token=${tokens[0]}` }
      await store.ask({ ...form, headers: type })
      await store.ask({ path: `/api/v1/auth/logout?sid=${session.id}&iss=https://idp.example` })
      await expectAccepted(store, session.token)
    },
  },
  {
    name: 'case 52, regression 31: security event tokens are not offered, and not there: nothing takes one, so that none is taken twice [ASVS 9.2.1] [ASVS 9.2.2] [ASVS 9.2.3]',
    async run(store) {
      const session = await newSession(store)
      const type = 'https://schemas.openid.net/secevent/caep/event-type/session-revoked'
      const event = { [type]: { subject: { format: 'opaque', id: session.id } } }
      const token = unsigned({ iss: 'https://idp.example', aud: 'latchkey', jti: 'a', iat: 1, events: event })
      const headers = { 'content-type': 'application/secevent+jwt' }
      for (const body of [token, token, `${token}${'a'.repeat(100_000)}`])
        for (const path of ['/ssf/events', '/events', '/api/v1/events', '/api/v1/ssf/push', '/ssf/poll'])
          expectNotThere(await store.ask({ method: 'POST', path, body, headers }))
      await expectAbsent(store, session, ['/.well-known/ssf-configuration', '/ssf/streams', '/ssf/status'])
      await expectAccepted(store, session.token)
    },
  },
  {
    name: 'case 53: web hooks are not offered, and not there: no address is taken that the program could be made to call [ASVS 13.2.4] [ASVS 13.2.5]',
    async run(store) {
      const session = await newSession(store)
      const inside = [
        'http://127.0.0.1:22/',
        'http://169.254.169.254/latest',
        'http://[::1]/',
        'http://localtest.me/',
      ]
      for (const url of inside) {
        const fields = { url, webhook_url: url, callback_url: url, push_endpoint: url, jwks_uri: url }
        for (const path of ['/api/v1/webhooks', '/api/v1/admin/webhooks', '/webhooks', '/ssf/streams'])
          expectNotThere(
            await store.ask({ method: 'POST', path, session: await store.administrator(), body: fields }),
          )
        // What is there takes none either.
        const made = await askAsService(store, 'POST', '/api/v1/sessions', {
          user_id: session.user,
          ...fields,
        })
        expect([201, 422]).toContain(made.status)
        expect(made.text).not.toContain(url)
      }
      const { body } = await store.ask({ path: '/openapi.json' })
      expect(Object.keys(body.webhooks ?? {})).toEqual([])
      expect(JSON.stringify(body.paths)).not.toMatch(/webhook|callback_url|push_endpoint|jwks/i)
    },
  },
  {
    name: 'case 54: without web hooks there is no signature to verify: headers that carry one change no answer',
    async run(store) {
      const session = await newSession(store)
      const headers = {
        'webhook-id': 'msg_1',
        'webhook-timestamp': '1',
        'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')} v1a,b`,
      }
      const asked = [
        { path: currentSession },
        { method: 'POST', path: '/api/v1/sessions', body: { user_id: 'a' } },
        { method: 'POST', path: `/api/v1/users/${session.user}/disable`, body: {} },
      ]
      for (const asking of asked) expect((await store.ask({ ...asking, headers })).status).toBe(401)
      await expectAbsent(store, session, ['/api/v1/webhooks/verify', '/api/v1/webhooks/secrets'])
      await expectAccepted(store, session.token)
    },
  },
]

function expectNotThere({ status, text, setCookies }: Answer): void {
  // What is too long is not even looked for.
  expect([404, 405, 413], text).toContain(status)
  expect(setCookies).toEqual([])
}

/** By any method, with any of the credentials that there are. */
async function expectAbsent(
  store: StartedStore,
  { token }: UserSession,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const body = method === 'GET' ? {} : { body: {} }
      expectNotThere(await store.ask({ method, path, session: token, ...body }))
      expectNotThere(await askAsService(store, method, path, method === 'GET' ? undefined : {}))
    }
  }
}

function expectNoBinding({ headers, text }: Answer): void {
  expect(
    Object.keys(headers).filter((name) => /session-(registration|challenge|id)|secure-session/.test(name)),
  ).toEqual([])
  expect(text).not.toMatch(/session_identifier|refresh_url/)
}

/** With the algorithm `none`. */
function unsigned(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', typ: 'logout+jwt' })}.${part(claims)}.`
}
