import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seconds } from '../foundation/time.ts'
import type { DeviceId } from '../model/device.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import type { CreatedSession, NewSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

const secret = new Uint8Array(32).fill(7)

let clock: FakeClock
let calls: string[]
let database: Storage
let sessions: Sessions

async function open(options: Partial<SessionsOptions> = {}): Promise<Sessions> {
  const storage = interceptedStorage(database, (operation, call) => {
    calls.push(operation)
    return call()
  })
  return createSessions({ storage, clock, secret, cleanup: 'by-command', ...options })
}

beforeEach(async () => {
  clock = fakeClock()
  calls = []
  database = memoryStorage()
  sessions = await open()
})
afterEach(() => sessions.close())

const signIn = (deviceTokens: NewSession['deviceTokens'], userId = '42'): Promise<CreatedSession> =>
  sessions.createSession({ userId, deviceTokens: deviceTokens ?? null })
const live = async (userId = '42'): Promise<string[]> =>
  (await sessions.getActiveSessionsByUser(userId)).map(({ id }) => id)

describe('the device of a browser', () => {
  it('is new at its first sign-in and the same at the next, which takes the place of the first', async () => {
    const first = await signIn([])
    expect(first.device).toMatchObject({ isNew: true, id: first.session.deviceId })
    expect(await sessions.verifySession(first.token)).toMatchObject({ active: true })
    clock.advance(seconds(10))
    const again = await signIn([first.device?.token ?? ''])
    expect(again.device).toEqual({ ...first.device, isNew: false })
    expect(await live()).toEqual([again.session.id])
    expect(await sessions.getSession(first.session.id)).toMatchObject({ endReason: 'replaced' })
    expect(await sessions.verifySession(first.token)).toEqual({ active: false, reason: 'revoked' })
    expect(await sessions.getDevices('42')).toMatchObject([{ id: first.device?.id, lastSeenAt: clock.now() }])
  })

  it('is another one in another browser, and neither ends the session of the other', async () => {
    const [laptop, phone] = [await signIn([]), await signIn([])]
    expect(phone.device?.id).not.toBe(laptop.device?.id)
    const again = await signIn([phone.device?.token ?? ''])
    expect(new Set(await live())).toEqual(new Set([laptop.session.id, again.session.id]))
  })

  it('is another one for another user of the same browser, and each finds their own', async () => {
    const first = await signIn([], 'user 1')
    const second = await signIn([first.device?.token ?? ''], 'user 2')
    expect(second.device).toMatchObject({ isNew: true })
    expect(await live('user 1')).toEqual([first.session.id])
    const tokens = [second, first].map(({ device }) => device?.token ?? '')
    expect((await signIn(tokens, 'user 1')).device?.id).toBe(first.device?.id)
    expect((await signIn(tokens, 'user 2')).device?.id).toBe(second.device?.id)
  })

  it('keeps its earlier sessions where the policy says so', async () => {
    await sessions.close()
    database = memoryStorage()
    sessions = await open({ deviceReplacement: 'keep' })
    const first = await signIn([])
    const again = await signIn([first.device?.token ?? ''])
    expect(again.device).toEqual({ ...first.device, isNew: false })
    expect(new Set(await live())).toEqual(new Set([first.session.id, again.session.id]))
  })

  it('of twenty sign-ins at once has exactly one live session afterwards', async () => {
    const { device } = await signIn([])
    const all = await Promise.all(Array.from({ length: 20 }, () => signIn([device?.token ?? ''])))
    expect(new Set(all.map((created) => created.device?.id))).toEqual(new Set([device?.id]))
    expect(await live()).toHaveLength(1)
  })

  it('that was forgotten is a new one', async () => {
    const { device } = await signIn([])
    await sessions.forgetDevice(device?.id ?? '')
    const again = await signIn([device?.token ?? ''])
    expect(again.device?.isNew).toBe(true)
    expect(again.device?.id).not.toBe(device?.id)
  })

  it('costs one read more, and none where no token is this user’s', async () => {
    const { device } = await signIn([])
    calls.length = 0
    await signIn([device?.token ?? ''])
    expect(calls).toEqual(['devices.find', 'sessions.insert'])
    calls.length = 0
    await signIn([device?.token ?? ''], 'another')
    expect(calls).toEqual(['sessions.insert'])
  })

  it('that is forgotten while somebody signs in on it comes back as a stranger', async () => {
    const { device } = await signIn([])
    await sessions.changeDevice(device?.id ?? '', { name: 'Mine', trustedFor: seconds(60) })
    const racing = { ...database, devices: { ...database.devices } }
    racing.devices.find = async (id: DeviceId) => {
      const found = await database.devices.find(id)
      await database.devices.forget(id, { at: clock.now(), by: 'system', request: null })
      return found
    }
    const elsewhere = await createSessions({ storage: racing, clock, secret, cleanup: 'by-command' })
    await elsewhere.createSession({ userId: '42', deviceTokens: [device?.token ?? ''] })
    expect(await sessions.getDevices('42')).toMatchObject([
      { id: device?.id, name: null, trustedUntil: null },
    ])
  })
})

describe('there is no device', () => {
  it('where the caller takes no part, or without a secret', async () => {
    const { session, device } = await signIn(null)
    expect([session.deviceId, device]).toEqual([null, null])
    const known = await signIn([])
    expect((await sessions.createSession({ userId: '42' })).device).toBeNull()
    expect(await live()).toContain(known.session.id)
    const { secret: _none, ...without } = { storage: memoryStorage(), clock, secret }
    const plain = await createSessions({ ...without, cleanup: 'by-command' })
    const created = await plain.createSession({ userId: '42', deviceTokens: [] })
    expect([created.device, created.session.deviceId]).toEqual([null, null])
    expect(await plain.getDevices('42')).toEqual([])
    await plain.close()
  })

  it('in a token that is forged, cut, somebody else’s or anything else: it is a browser like any new one', async () => {
    const { device } = await signIn([])
    const token = device?.token ?? ''
    const bad = ['', 'x'.repeat(10_000), token.slice(0, -1), `${token}=`, token.toUpperCase(), 'dev_.', '\0']
    const forged = `${device?.id}.${'A'.repeat(22)}`
    for (const each of [...bad, forged]) {
      expect((await signIn([each])).device).toMatchObject({ isNew: true })
    }
    expect(await live()).toHaveLength(bad.length + 2)
  })

  it('in more tokens than a browser can have: the first eight count', async () => {
    const { device } = await signIn([])
    const token = device?.token ?? ''
    const others = (count: number) => Array.from({ length: count }, () => 'dev_')
    expect((await signIn([...others(7), token])).device).toMatchObject({ isNew: false })
    expect((await signIn([...others(8), token])).device).toMatchObject({ isNew: true })
  })

  it('in what is no array of texts: that is refused', async () => {
    for (const deviceTokens of ['dev_', {}, [1], [null], 7]) {
      const request = { userId: '42', deviceTokens } as unknown as NewSession
      await expect(sessions.createSession(request)).rejects.toMatchObject({ field: 'deviceTokens' })
    }
  })
})

describe('a repeated call', () => {
  const request = { userId: '42', idempotencyKey: 'a key' }

  it('has the same device and the same token, whatever the browser says of itself by then', async () => {
    const first = await sessions.createSession({ ...request, deviceTokens: [] })
    expect(await sessions.createSession({ ...request, deviceTokens: [] })).toEqual(first)
    const later = await sessions.createSession({ ...request, deviceTokens: [first.device?.token ?? ''] })
    expect(later).toEqual({ ...first, device: { ...first.device, isNew: false } })
    expect(await sessions.getDevices('42')).toHaveLength(1)
  })

  it('on a known device ends nothing again', async () => {
    const known = await signIn([])
    const deviceTokens = [known.device?.token ?? '']
    const first = await sessions.createSession({ ...request, deviceTokens })
    expect(await sessions.createSession({ ...request, deviceTokens })).toEqual(first)
    expect(await live()).toEqual([first.session.id])
  })
})

it('a renewed session stays on its device, and no token of it is handed out', async () => {
  const { session } = await signIn([])
  const renewed = await sessions.renewSession(session.id, { amr: ['pwd'] })
  expect(renewed).toMatchObject({ device: null, session: { deviceId: session.deviceId } })
})
