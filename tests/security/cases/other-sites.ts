import { expect } from 'vitest'
import { administrator } from '../../running-program.ts'
import { cookieName } from '../ask.ts'
import { endpointsOf } from '../documented-endpoints.ts'
import { newAddress } from '../new-names.ts'
import { auditEntries, expectProblem } from '../refusals.ts'
import type { SecurityCase } from '../security-case.ts'
import { currentSession, expectAccepted, newSession, ownSessions } from '../sessions-of-store.ts'
import { publicUrl, type StartedStore } from '../started-store.ts'

type Headers = Readonly<Record<string, string>>

/** As browsers, old and new, send what another site started. */
const foreign: readonly Headers[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example.net' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: 'https://shop.example.com' },
  { 'sec-fetch-site': 'cross-site', origin: publicUrl },
  { origin: 'https://evil.example.net' },
  { origin: 'https://shop.example.com' },
  { origin: 'null' },
  {
    origin: 'null',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  },
  { origin: 'http://sessions.example.com' },
  { origin: `${publicUrl}.evil.net` },
  { origin: `${publicUrl}:444` },
  { referer: `${publicUrl}/settings/security` },
  {},
]
/** What a form can send without asking first. */
const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', null]

/** Requests that pages of other sites start, and answers that would help them. */
export const otherSiteCases: readonly SecurityCase[] = [
  {
    name: 'case 36: what another site starts changes nothing, with every combination of Fetch Metadata, Origin and type; our own page does [ASVS 3.5.1] [ASVS 3.5.2] [ASVS 3.5.3] [ASVS 10.6.2] [NIST 5.1]',
    async run(store) {
      const [session, other] = [await newSession(store), await newSession(store)]
      const changes = [
        ['POST', '/api/v1/auth/logout'],
        ['DELETE', ownSessions],
        ['DELETE', `${ownSessions}/${session.id}`],
      ] as const
      for (const headers of foreign) {
        for (const type of types) {
          for (const [method, path] of changes) {
            const answer = await bare(store, method, path, session.token, { ...headers, ...typed(type) })
            expect([answer.status, JSON.stringify(headers)]).toEqual([403, JSON.stringify(headers)])
            expect(((await answer.json()) as { code: string }).code).toBe('cross-site-request')
            expect(answer.headers.getSetCookie()).toEqual([])
          }
        }
      }
      await expectAccepted(store, session.token)
      const refused = await auditEntries(store, { type: 'request.refused', user_id: session.user })
      expect(refused).toEqual([])
      // Either of the two is enough, and a bearer token, which no browser sends by itself, needs neither.
      const own = [{ 'sec-fetch-site': 'same-origin' }, { origin: publicUrl }, { 'sec-fetch-site': 'none' }]
      for (const headers of own) {
        const { token, id } = await newSession(store, { user: other.user })
        const path = `${ownSessions}/${id}`
        expect((await bare(store, 'DELETE', path, token, headers)).status).toBe(200)
      }
      const byBearer = { method: 'DELETE', path: `${ownSessions}/${other.id}`, bearer: other.token }
      expect((await store.ask({ ...byBearer, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200)
    },
  },
  {
    name: 'case 37: no GET, HEAD or OPTIONS changes anything, and what names another method by a header, the query or a field is not believed [ASVS 3.5.3]',
    async run(store) {
      const { token } = await newSession(store)
      const names = ['x-http-method-override', 'x-http-method', 'x-method-override', 'x-original-method']
      const { body: document } = await store.ask({ path: '/openapi.json' })
      const endpoints = endpointsOf(document)
      const readable = Object.entries<object>(document.paths)
        .filter(([, operations]) => 'get' in operations)
        .map(([path]) => new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`))
      for (const { method: real, path } of endpoints) {
        if (real === 'GET') continue
        const headers = Object.fromEntries(names.map((name) => [name, real]))
        for (const method of ['GET', 'HEAD', 'OPTIONS']) {
          const target = `${path}?_method=${real}&method=${real}&scope=all`
          const answer = await store.ask({ method, path: target, session: token, headers })
          const isRead = readable.some((pattern) => pattern.test(path)) && method !== 'OPTIONS'
          if (!isRead) expect([204, 404, 405], `${method} ${path}`).toContain(answer.status)
          expect(answer.setCookies).toEqual([])
        }
      }
      const asPost = { method: 'POST', path: currentSession, session: token, body: { _method: 'DELETE' } }
      const answer = await store.ask({ ...asPost, headers: { 'x-http-method-override': 'DELETE' } })
      expectProblem(answer, 405, 'method-not-allowed')
      await expectAccepted(store, token)
    },
  },
  {
    name: 'case 38: another site signs nobody in, with a correct password either: no cookie is set, and who was signed in stays so [ASVS 3.5.1] [ASVS 7.6.2]',
    async run(store) {
      const victim = await newSession(store)
      const body = JSON.stringify(administrator)
      const form = new URLSearchParams(administrator).toString()
      for (const headers of foreign.filter(({ origin, 'sec-fetch-site': site }) => origin ?? site)) {
        for (const type of ['application/json', ...types]) {
          const text = type?.includes('form') ? form : body
          const sent = { ...headers, ...typed(type) }
          const answer = await bare(store, 'POST', '/api/v1/auth/login', victim.token, sent, text)
          expect([400, 403, 415], JSON.stringify(sent)).toContain(answer.status)
          if (type === 'application/json') expect(answer.status).toBe(403)
          expect(answer.headers.getSetCookie()).toEqual([])
        }
      }
      await expectAccepted(store, victim.token)
    },
  },
]

function typed(type: string | null): Headers {
  return type === null ? {} : { 'content-type': type }
}

/** With these headers and no others of the kind. */
function bare(
  store: StartedStore,
  method: string,
  path: string,
  token: string,
  headers: Headers,
  body?: string,
): Promise<Response> {
  return fetch(`${store.urls()[0]}${path}`, {
    method,
    headers: { cookie: `${cookieName}=${token}`, 'x-forwarded-for': newAddress(), ...headers },
    ...(body !== undefined && { body }),
  })
}
