import { beforeEach, expect, it } from 'vitest'
import { LatchkeyError } from '../foundation/errors.ts'
import { createSessions, type Sessions } from '../operations/sessions.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createSessionGuard, type SessionGuard, type StartedSession } from './session-guard.ts'

const publicUrl = 'https://app.example.com'
const deviceCookie = '__Host-latchkey-device'

let clock: FakeClock
let sessions: Sessions
let guard: SessionGuard

beforeEach(async () => {
  clock = fakeClock()
  const secret = new Uint8Array(32).fill(7)
  sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command', clock, secret })
  guard = createSessionGuard({ sessions, publicUrl, clock })
})

/** A browser that keeps what it is told to, as far as the names of cookies go. */
function browser() {
  const jar = new Map<string, string>()
  const keep = (setCookie: string | null) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie ?? '') ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
  const head = () => ({
    method: 'POST',
    headers: {
      'sec-fetch-site': 'same-origin',
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  })
  return {
    jar,
    head,
    async signIn(userId: string): Promise<StartedSession> {
      const started = await guard.startSession(head(), { userId })
      for (const setCookie of started.setCookies) keep(setCookie)
      return started
    },
    async signOut() {
      keep((await guard.endSession(head())).setCookie)
    },
  }
}

const devicesOf = async (userId: string) => (await sessions.getDevices(userId)).map(({ id }) => id)

it('signing in gives out two cookies: of the session, and of the device', async () => {
  const { setCookies, device } = await browser().signIn('ann')
  expect(setCookies.map((setCookie) => setCookie.split('=')[0])).toEqual(['__Host-latchkey', deviceCookie])
  expect(setCookies[1]).toContain(`${deviceCookie}=${device?.token};`)
  expect(device?.isNew).toBe(true)
})

it('a browser that lost its session cookie is the same device, with one session', async () => {
  const ann = browser()
  const first = await ann.signIn('ann')
  ann.jar.delete('__Host-latchkey')
  const second = await ann.signIn('ann')
  expect(second.device).toMatchObject({ id: first.device?.id, isNew: false })
  expect(await sessions.getSession(first.session.id)).toMatchObject({ endReason: 'replaced' })
  expect(await sessions.getSessionCountByUser('ann')).toBe(1)
  expect(await devicesOf('ann')).toEqual([first.device?.id])
})

it('signing out leaves the device known', async () => {
  const ann = browser()
  const { device } = await ann.signIn('ann')
  await ann.signOut()
  expect([...ann.jar.keys()]).toEqual([deviceCookie])
  expect((await ann.signIn('ann')).device).toMatchObject({ id: device?.id, isNew: false })
})

it('users who share a browser have a device each, and neither loses it by the other', async () => {
  const shared = browser()
  const [ann, bob] = [await shared.signIn('ann'), await shared.signIn('bob')]
  expect(bob.device?.id).not.toBe(ann.device?.id)
  expect((await shared.signIn('ann')).device?.id).toBe(ann.device?.id)
  expect((await shared.signIn('bob')).device?.id).toBe(bob.device?.id)
  expect([await devicesOf('ann'), await devicesOf('bob')]).toEqual([[ann.device?.id], [bob.device?.id]])
  expect(shared.jar.get(deviceCookie)).toBe(`${bob.device?.token}~${ann.device?.token}`)
})

it('two browsers of one user are two devices, and a sign-in on one leaves the other alone', async () => {
  const [laptop, phone] = [browser(), browser()]
  const onLaptop = await laptop.signIn('ann')
  await phone.signIn('ann')
  await phone.signIn('ann')
  expect(await devicesOf('ann')).toHaveLength(2)
  expect((await sessions.getSession(onLaptop.session.id))?.isActive).toBe(true)
})

it('a stolen token is nothing to anybody else: another user gets a device of their own', async () => {
  const ann = browser()
  const { device } = await ann.signIn('ann')
  const eve = browser()
  eve.jar.set(deviceCookie, device?.token ?? '')
  expect((await eve.signIn('eve')).device).toMatchObject({ isNew: true })
  expect(await devicesOf('ann')).toEqual([device?.id])
})

it('a planted cookie makes no device known', async () => {
  const ann = browser()
  const { device } = await ann.signIn('ann')
  const cookie = `${deviceCookie}=${device?.token}; ${deviceCookie}=${device?.token}`
  const head = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', cookie } }
  const planted = await guard.startSession(head, { userId: 'ann' })
  expect(planted.device?.isNew).toBe(true)
  expect(planted.setCookies.slice(1).map((value) => /Domain=([^;]+)/.exec(value)?.[1])).toEqual([
    'app.example.com',
    'example.com',
    undefined,
  ])
})

it("a forgotten device is a new one, and its token goes; other users' tokens stay", async () => {
  const shared = browser()
  const [bob, ann] = [await shared.signIn('bob'), await shared.signIn('ann')]
  await sessions.forgetDevice(ann.device?.id ?? '', { ofUser: 'ann' })
  const again = await shared.signIn('ann')
  expect(again.device?.isNew).toBe(true)
  expect(shared.jar.get(deviceCookie)).toBe(`${again.device?.token}~${bob.device?.token}`)
})

it('a device token is no session token, and a session token makes no device known', async () => {
  const { device, token } = await browser().signIn('ann')
  const shown = device?.token ?? ''
  for (const headers of [{ authorization: `Bearer ${shown}` }, { cookie: `__Host-latchkey=${shown}` }]) {
    expect(await guard.check({ method: 'GET', headers })).toMatchObject({
      kind: 'refused',
      reason: 'malformed',
    })
  }
  const confused = browser()
  confused.jar.set(deviceCookie, token)
  expect((await confused.signIn('ann')).device?.isNew).toBe(true)
})

it('a sign-in asks for no device of anybody else', async () => {
  const asked: string[] = []
  const watched: Sessions = {
    ...sessions,
    getDevice(id, options) {
      asked.push(id)
      return sessions.getDevice(id, options)
    },
  }
  const [shared, other] = [browser(), createSessionGuard({ sessions: watched, publicUrl, clock })]
  await shared.signIn('bob')
  await other.startSession(shared.head(), { userId: 'ann' })
  await other.startSession(shared.head(), { userId: 'bob' })
  expect(asked).toEqual([])
})

it('signing in does not fail where only the cleaning of the cookie does', async () => {
  const ann = browser()
  const { device } = await ann.signIn('ann')
  await sessions.forgetDevice(device?.id ?? '')
  const away: Sessions = {
    ...sessions,
    getDevice: () => Promise.reject(new LatchkeyError('storage-unavailable', 'away')),
  }
  const other = createSessionGuard({ sessions: away, publicUrl, clock })
  const started = await other.startSession(ann.head(), { userId: 'ann' })
  expect(started.setCookies[1]).toContain(`${started.device?.token}~${device?.token};`)
})

it('an application that names tokens itself, or none at all, is taken at its word', async () => {
  const ann = browser()
  const { device } = await ann.signIn('ann')
  const none = await guard.startSession(ann.head(), { userId: 'ann', deviceTokens: null })
  expect([none.device, none.setCookies.length]).toEqual([null, 1])
  const named = await guard.startSession(ann.head(), { userId: 'ann', deviceTokens: [] })
  expect(named.device?.id).not.toBe(device?.id)
})

it('without a secret nobody is known again, and no cookie is set for it', async () => {
  const plain = await createSessions({ storage: memoryStorage(), cleanup: 'by-command', clock })
  const started = await createSessionGuard({ sessions: plain, publicUrl }).startSession(browser().head(), {
    userId: 'ann',
  })
  expect([started.device, started.session.deviceId, started.setCookies.length]).toEqual([null, null, 1])
})

it('the address of the visitor is taken from the header that was chosen', () => {
  const options = { sessions, publicUrl, trustedProxies: ['10.0.0.0/8'] }
  const head = { headers: { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=198.51.100.7' } }
  const connection = { remoteAddress: '10.0.0.1' }
  const of = (more: object) => createSessionGuard({ ...options, ...more }).facts(head, connection).ipAddress
  expect(of({})).toBe('192.0.2.1')
  expect(of({ forwardedHeader: 'forwarded' })).toBe('198.51.100.7')
  expect(() => of({ forwardedHeader: 'x-real-ip' })).toThrow(LatchkeyError)
})
