import { beforeEach, describe, expect, it } from 'vitest'
import { days } from '../foundation/time.ts'
import { type ApiUnderTest, apiKey, apiUnderTest, cookieName, problemOf } from './api-under-test.fake.ts'
import type { RefusedCredential } from './refusals.ts'

const list = '/api/v1/security/sessions'
const secret = new Uint8Array(32).fill(7)
const unseen = `ses_${'a'.repeat(24)}.${'A'.repeat(43)}`
let under: ApiUnderTest

async function refused(): Promise<readonly unknown[]> {
  const page = await under.sessions.listEvents({ types: ['request.refused'] }, { cursor: null, limit: 100 })
  return page.items.map(({ actor, sessionId, request, after }) => ({ actor, sessionId, request, after }))
}

describe('the audit log', () => {
  beforeEach(async () => {
    under = await apiUnderTest({ secret })
  })

  it.each<[string, { headers?: Record<string, string>; bearer?: string; method?: string; site?: string }]>([
    ['planted-cookie', { headers: { cookie: `${cookieName}=a; ${cookieName}=b` } }],
    ['two-credentials', { headers: { cookie: `${cookieName}=a` }, bearer: 'b' }],
    ['cross-site', { headers: { cookie: `${cookieName}=a` }, method: 'DELETE', site: 'cross-site' }],
  ])('has a request that was refused for %s, once a minute for each source', async (kind, call) => {
    const first = await under.call(list, call)
    await under.call(list, call)
    expect(first.status).toBe(kind === 'cross-site' ? 403 : 401)
    const source = expect.stringMatching(/^src_/)
    const request = first.headers.get('x-request-id')
    expect(await refused()).toEqual([{ actor: 'system', sessionId: null, request, after: { kind, source } }])
  })

  it('has it from the gate of a proxy, too', async () => {
    const headers = { cookie: `${cookieName}=a; ${cookieName}=b` }
    expect((await under.call('/api/v1/forward-auth', { headers })).status).toBe(401)
    expect(await refused()).toMatchObject([{ after: { kind: 'planted-cookie' } }])
  })

  it("has who asked for somebody else's session or device, and the answer is that of what never was", async () => {
    const bob = await under.signIn('bob', { deviceTokens: [] })
    const { session, token } = await under.signIn('ann')
    const [theirs, never] = await Promise.all(
      [bob.session.id, `ses_${'a'.repeat(24)}`].map(async (id) => {
        const answer = await under.call(`${list}/${id}`, { method: 'DELETE', cookie: token })
        const { request_id: _, ...problem } = await problemOf(answer)
        return problem
      }),
    )
    expect(theirs).toEqual(never)
    expect(theirs).toMatchObject({ status: 404 })
    const about = { actor: 'user:ann', sessionId: session.id }
    const event = { ...about, after: { kind: 'direct-reference', target: bob.session.id } }
    await expect.poll(refused).toMatchObject([event])
    under.pass(days(1))
    const device = `/api/v1/security/devices/${bob.device?.id}`
    const again = await under.signIn('ann')
    expect((await under.call(device, { method: 'DELETE', cookie: again.token })).status).toBe(404)
    await expect.poll(refused).toMatchObject([{ after: { target: bob.device?.id } }, event])
  })

  it('is told nothing of credentials that are only wrong, and of ids that never were', async () => {
    await under.call(list)
    await under.call(list, { cookie: 'x' })
    await under.call(list, { bearer: unseen })
    const { token } = await under.signIn('ann')
    for (const path of [`${list}/ses_x`, `${list}/ses_${'a'.repeat(24)}`]) {
      await under.call(path, { method: 'DELETE', cookie: token })
    }
    expect(await refused()).toEqual([])
  })
})

describe('whoever counts refusals', () => {
  const told: [string, RefusedCredential][] = []
  let wait: number | null

  beforeEach(async () => {
    told.length = 0
    wait = null
    under = await apiUnderTest({
      refusals: {
        admit: () => wait,
        refused: (source, reason) => told.push([source, reason]),
      },
    })
  })

  const roads: readonly [string, (token: string) => Promise<Response>][] = [
    ['an own route', (token) => under.call(list, { cookie: token })],
    ['the gate of a proxy', (token) => under.call('/api/v1/forward-auth', { cookie: token })],
    ['a route for back ends', (token) => under.call('/api/v1/users/ann/sessions', { bearer: token })],
  ]

  it.each(roads)('is told of each on %s, with its source', async (_, ask) => {
    expect((await ask(unseen)).status).toBe(401)
    expect(told).toEqual([['192.0.2.1', expect.stringMatching(/^(unknown|api-key)$/)]])
  })

  it.each(roads)('has guesses wait on %s', async (_, ask) => {
    wait = 7.2
    const answer = await ask(unseen)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '8'])
    expect((await problemOf(answer)).code).toBe('too-many-attempts')
    expect(told).toEqual([])
  })

  it('has nobody wait who holds or once held a session, or shows nothing', async () => {
    wait = 7
    const [good, ended] = [await under.signIn('ann'), await under.signIn('ann')]
    await under.sessions.invalidateSession(ended.session.id)
    expect((await under.call(list, { cookie: good.token })).status).toBe(200)
    expect((await under.call('/api/v1/forward-auth', { cookie: good.token })).status).toBe(200)
    expect((await under.call('/api/v1/users/ann/sessions', { bearer: apiKey })).status).toBe(200)
    expect((await under.call(list, { cookie: ended.token })).status).toBe(401)
    expect((await under.call(list)).status).toBe(401)
    expect((await under.call('/api/v1/users/ann/sessions')).status).toBe(401)
    expect(told).toEqual([['192.0.2.1', 'revoked']])
  })
})
