import { beforeEach, describe, expect, it } from 'vitest'
import { type ApiUnderTest, apiUnderTest, origin as own, problemOf } from './api-under-test.fake.ts'

const list = '/api/v1/security/sessions'
const sibling = 'https://admin.example.com'
let under: ApiUnderTest

beforeEach(async () => {
  under = await apiUnderTest({ allowedOrigins: [sibling] })
})

const corsNames = (answer: Response) =>
  [...answer.headers.keys()].filter((name) => name.startsWith('access-control'))

const preflight = (from: string, method = 'DELETE', path = list) =>
  under.call(path, {
    method: 'OPTIONS',
    site: 'same-site',
    headers: { origin: from, 'access-control-request-method': method },
  })

describe('a page of an origin that is allowed by name', () => {
  it('gets an answer to its preflight that says what it may do', async () => {
    const answer = await preflight(sibling)
    expect(answer.status).toBe(204)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': sibling,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': expect.stringContaining('DELETE'),
      'access-control-allow-headers': expect.stringContaining('Content-Type'),
      vary: expect.stringContaining('Origin'),
      'cache-control': 'no-store',
    })
  })

  it('may read answers, refusals included, and act with the cookie', async () => {
    const { token } = await under.signIn('ann')
    const headers = { origin: sibling }
    const read = await under.call(list, { cookie: token, site: 'same-site', headers })
    const refused = await under.call(list, { site: 'same-site', headers })
    const acted = await under.call(list, { method: 'DELETE', cookie: token, site: 'same-site', headers })
    expect([read.status, refused.status, acted.status]).toEqual([200, 401, 200])
    for (const answer of [read, refused, acted]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe(sibling)
      expect(answer.headers.get('vary')).toContain('Origin')
    }
  })
})

describe.each([
  'https://evil.example.net',
  'null',
  `${sibling}.evil.example.net`,
  `${sibling}:8443`,
  '',
  '*',
])('a page of %j', (from) => {
  it('gets no answer to its preflight', async () => {
    const answer = await preflight(from)
    expect([answer.status, corsNames(answer)]).toEqual([405, []])
  })

  it('can neither read nor act', async () => {
    const { session, token } = await under.signIn('ann')
    const headers = { origin: from }
    const read = await under.call(list, { cookie: token, site: 'cross-site', headers })
    expect(corsNames(read)).toEqual([])
    expect(read.headers.get('vary')).toContain('Origin')
    for (const site of ['cross-site', 'same-site', null]) {
      const acted = await under.call(list, { method: 'DELETE', cookie: token, site, headers })
      expect([acted.status, corsNames(acted)]).toEqual([403, []])
    }
    expect((await under.sessions.getSession(session.id))?.isActive).toBe(true)
  })
})

it('a preflight of a path that is not there is answered to nobody', async () => {
  expect((await preflight(sibling, 'GET', '/api/v1/nothing')).status).toBe(404)
})

it('without a list no answer speaks of other origins', async () => {
  under = await apiUnderTest()
  const { token } = await under.signIn('ann')
  for (const from of [own, sibling]) {
    const answer = await under.call(list, { cookie: token, headers: { origin: from } })
    expect([corsNames(answer), answer.headers.get('vary')]).toEqual([[], 'Cookie, Authorization'])
  }
})

it('what the origin decided about says so to caches', async () => {
  under = await apiUnderTest()
  const { token } = await under.signIn('ann')
  const acted = await under.call(list, { method: 'DELETE', cookie: token })
  expect(acted.headers.get('vary')).toBe('Cookie, Authorization, Origin, Sec-Fetch-Site')
})

it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'a body of %s, as a form of another site can send it, is no JSON',
  async (type) => {
    const { token, device } = await under.signIn('ann', { deviceTokens: [] })
    const answer = await under.call(`/api/v1/security/devices/${device?.id}`, {
      method: 'PATCH',
      cookie: token,
      body: '{"name":"Mine"}',
      headers: { 'content-type': type },
    })
    expect([answer.status, (await problemOf(answer)).code]).toEqual([415, 'unsupported-media-type'])
  },
)

it.each(['GET', 'HEAD'])(
  'no %s changes anything, whatever a header or a field says of the method',
  async (method) => {
    const { session, token } = await under.signIn('ann')
    for (const path of [
      list,
      `${list}/${session.id}`,
      `${list}?_method=DELETE`,
      '/api/v1/security/devices',
    ]) {
      const headers = {
        'x-http-method-override': 'DELETE',
        'x-http-method': 'DELETE',
        'x-method-override': 'DELETE',
      }
      await under.call(path, { method, cookie: token, headers })
    }
    expect((await under.sessions.getSession(session.id))?.isActive).toBe(true)
  },
)

describe('signing out', () => {
  const cleared = '"cache", "storage"'

  it.each<[string, (id: string, device: string) => string]>([
    ['ending the session that asks', (id) => `${list}/${id}`],
    ['ending all', () => list],
    ['ending those of its device', (_, device) => `/api/v1/security/devices/${device}/sessions`],
    ['forgetting its device', (_, device) => `/api/v1/security/devices/${device}`],
  ])('by %s has the browser forget what it keeps', async (_, pathOf) => {
    const { session, token, device } = await under.signIn('ann', { deviceTokens: [] })
    const path = pathOf(session.id, device?.id ?? '')
    const answer = await under.call(path, { method: 'DELETE', cookie: token })
    expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([200, cleared])
    expect(answer.headers.getSetCookie()).toEqual([expect.stringContaining('__Host-latchkey=; Max-Age=0')])
  })

  it('of others leaves this one alone', async () => {
    const [{ token }, other] = [await under.signIn('ann'), await under.signIn('ann')]
    for (const path of [`${list}/${other.session.id}`, `${list}?scope=others`]) {
      const answer = await under.call(path, { method: 'DELETE', cookie: token })
      expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([200, null])
    }
  })
})
