import { beforeEach, describe, expect, it } from 'vitest'
import { days, hours, minutes, seconds } from '../foundation/time.ts'
import { type ApiUnderTest, apiUnderTest, cookieName, problemOf } from './api-under-test.fake.ts'

const list = '/api/v1/security/sessions'
let under: ApiUnderTest

beforeEach(async () => {
  under = await apiUnderTest({
    sessionsOptions: { rotationInterval: minutes(15) },
  })
})

function tokenSetBy(answer: Response): string | null {
  const [setCookie = ''] = answer.headers.getSetCookie()
  return new RegExp(`^${cookieName}=([^;]+);`).exec(setCookie)?.[1] ?? null
}

describe('once it is time for a new token', () => {
  it('the next answer to a person brings it, also one that refuses, and the session goes on in it', async () => {
    const { session, token } = await under.signIn('ann')
    expect(tokenSetBy(await under.call(list, { cookie: token }))).toBeNull()
    under.pass(minutes(15))
    const answer = await under.call(`${list}/ses_nothing`, { method: 'DELETE', cookie: token })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
    const next = tokenSetBy(answer) ?? ''
    expect(next).toMatch(new RegExp(`^${session.id}\\.`))
    expect(next).not.toBe(token)
    const again = await under.call(list, { cookie: next })
    expect([again.status, tokenSetBy(again)]).toEqual([200, null])
  })

  it('requests at the same time bring the same one', async () => {
    const { token } = await under.signIn('ann')
    under.pass(minutes(15))
    const answers = await Promise.all(Array.from({ length: 20 }, () => under.call(list, { cookie: token })))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(new Set(answers.flatMap((answer) => tokenSetBy(answer) ?? [])).size).toBe(1)
  })

  it('no gate, no stream, no machine and no bearer token brings it', async () => {
    const { token } = await under.signIn('ann')
    under.pass(minutes(15))
    const controller = new AbortController()
    const background = { 'x-latchkey-activity': 'background' }
    const answers = [
      await under.call('/api/v1/forward-auth', { cookie: token }),
      await under.call(`${list}/events`, { cookie: token, signal: controller.signal }),
      await under.call(list, { cookie: token, headers: background }),
      await under.call(list, { cookie: token, headers: { 'sec-purpose': 'prefetch' } }),
      await under.call(list, { bearer: token }),
    ]
    controller.abort()
    for (const answer of answers) {
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
    }
  })

  it('a page of another site, which can see to it that the answer is lost, does not bring it about', async () => {
    const { token } = await under.signIn('ann')
    under.pass(minutes(15))
    for (const site of ['cross-site', 'same-site']) {
      const answer = await under.call(list, { cookie: token, site })
      expect([answer.status, tokenSetBy(answer)]).toEqual([200, null])
    }
    under.pass(minutes(1))
    const answer = await under.call(list, { cookie: token, site: 'none' })
    expect([answer.status, tokenSetBy(answer)]).toEqual([200, expect.any(String)])
  })

  it('an answer that signs out does not bring it back', async () => {
    const { session, token } = await under.signIn('ann')
    under.pass(minutes(15))
    const answer = await under.call(`${list}/${session.id}`, { method: 'DELETE', cookie: token })
    expect(answer.headers.getSetCookie()).toEqual([expect.stringContaining('Max-Age=0')])
  })

  it('a token that was replaced ends the session when it comes after its time', async () => {
    const { session, token } = await under.signIn('ann')
    under.pass(minutes(15))
    const next = tokenSetBy(await under.call(list, { cookie: token })) ?? ''
    await under.call(list, { cookie: next })
    under.pass(seconds(31))
    expect((await under.call(list, { cookie: token })).status).toBe(401)
    expect((await under.call(list, { cookie: next })).status).toBe(401)
    expect((await under.sessions.getSession(session.id))?.endReason).toBe('token-reuse')
  })
})

describe('a session whose user still owes a factor', () => {
  it.each([list, `${list}/current`, `${list}/events`, '/api/v1/security/activity', '/api/v1/forward-auth'])(
    'is good for nothing at %s',
    async (path) => {
      const { token } = await under.signIn('ann', { stage: 'pending' })
      const answer = await under.call(path, { cookie: token })
      expect([answer.status, (await problemOf(answer)).code]).toEqual([403, 'factor-required'])
    },
  )

  it('acts nowhere', async () => {
    const { session, token } = await under.signIn('ann', { stage: 'pending' })
    const other = await under.signIn('ann')
    for (const path of [list, `${list}/${other.session.id}`, `${list}/${session.id}`]) {
      expect((await under.call(path, { method: 'DELETE', cookie: token })).status).toBe(403)
    }
    expect(await under.sessions.getSessionCountByUser('ann')).toBeGreaterThan(0)
  })
})

it('an event stream is not for the token from before a proof of identity', async () => {
  const { session, token } = await under.signIn('ann')
  under.pass(minutes(5))
  const renewed = await under.sessions.renewSession(session.id, { amr: ['pwd'] })
  expect(await (await under.call(`${list}/events`, { cookie: token })).text()).toBe('retry: 3000\n\n')
  const goesOn = await under.call(`${list}/events`, { cookie: renewed?.token ?? '' })
  const reader = goesOn.body?.getReader()
  await reader?.read()
  const waiting = reader?.read()
  await under.sessions.invalidateSession(session.id)
  expect(new TextDecoder().decode((await waiting)?.value)).toContain('event: session.ended')
})

describe('what ends other sessions, or trusts a device', () => {
  const signInLongAgo = async () => {
    const { session, token, device } = await under.signIn('ann', { deviceTokens: [] })
    under.pass(hours(25))
    const fresh = await under.sessions.rotateSession(token)
    return { id: session.id, device: device?.id ?? '', token: fresh?.token ?? '' }
  }

  it('needs a recent proof of identity, and goes on after one', async () => {
    const { id, device, token } = await signInLongAgo()
    const other = await under.signIn('ann')
    const calls: readonly [string, string, unknown?][] = [
      ['DELETE', `${list}/${other.session.id}`],
      ['DELETE', list],
      ['DELETE', `${list}?scope=others`],
      ['DELETE', `/api/v1/security/devices/${device}`],
      ['DELETE', `/api/v1/security/devices/${device}/sessions`],
      ['PATCH', `/api/v1/security/devices/${device}`, { trusted_for_seconds: 60 }],
      ['PATCH', `/api/v1/security/devices/${device}`, { trusted_for_seconds: null }],
    ]
    for (const [method, path, json] of calls) {
      const answer = await under.call(path, { method, cookie: token, json })
      expect([method, path, answer.status]).toEqual([method, path, 403])
      expect((await problemOf(answer)).code).toBe('reauthentication-required')
    }
    expect((await under.sessions.getSession(other.session.id))?.isActive).toBe(true)
    const renewed = await under.sessions.renewSession(id, { amr: ['pwd'] })
    const cookie = renewed?.token ?? ''
    expect((await under.call(`${list}?scope=others`, { method: 'DELETE', cookie })).status).toBe(200)
    expect((await under.sessions.getSession(other.session.id))?.isActive).toBe(false)
  })

  it('reading, naming and signing out never do', async () => {
    const { id, device, token } = await signInLongAgo()
    const calls: readonly [string, string, unknown?][] = [
      ['GET', list],
      ['GET', '/api/v1/security/devices'],
      ['GET', '/api/v1/security/activity'],
      ['PATCH', `/api/v1/security/devices/${device}`, { name: 'Laptop' }],
      ['DELETE', `${list}/${id}`],
    ]
    for (const [method, path, json] of calls) {
      const answer = await under.call(path, { method, cookie: token, json })
      expect([method, path, answer.status]).toEqual([method, path, 200])
    }
  })

  it('a policy of any age asks for nothing', async () => {
    under = await apiUnderTest({ sessionsOptions: { reauthenticationWindow: null } })
    const { token } = await under.signIn('ann')
    under.pass(days(6))
    expect((await under.call(list, { method: 'DELETE', cookie: token })).status).toBe(200)
  })
})

describe('a policy that binds sessions to their network', () => {
  it('ends one that comes from elsewhere, at every gate, and the at-once road leaves it to the others', async () => {
    for (const path of [list, '/api/v1/forward-auth']) {
      under = await apiUnderTest({
        trustedProxies: ['192.0.2.1'],
        sessionsOptions: { networkBinding: 'end' },
      })
      const { session, token } = await under.signIn('ann', { ipAddress: '198.51.100.7' })
      const from = (address: string) => ({ cookie: token, headers: { 'x-forwarded-for': address } })
      expect((await under.call(path, from('198.51.100.9'))).status).toBe(200)
      expect((await under.call(path, from('203.0.113.7'))).status).toBe(401)
      expect((await under.sessions.getSession(session.id))?.endReason).toBe('network-change')
    }
  })
})
