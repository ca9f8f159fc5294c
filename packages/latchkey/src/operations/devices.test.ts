import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EndingReceipt } from '../cache/confirmations.ts'
import { days, hours } from '../foundation/time.ts'
import { type DeviceId, newDeviceId } from '../model/device.ts'
import { newSessionId } from '../model/session-token.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let storage: Storage
let sessions: Sessions

const secret = new Uint8Array(32).fill(7)
const options = { secret, cleanup: 'by-command', deviceReplacement: 'keep' } as const

beforeEach(async () => {
  clock = fakeClock()
  storage = memoryStorage()
  sessions = await createSessions({ ...options, storage, clock })
})
afterEach(() => sessions.close())

interface Browser {
  readonly id: DeviceId
  readonly tokens: string[]
}

/** Signs in in a new browser so often, from the place. */
async function used(userId: string, times: number, location: string | null = null): Promise<Browser> {
  const tokens: string[] = []
  const first = await sessions.createSession({ userId, deviceTokens: [], deviceInfo: { location } })
  tokens.push(first.token)
  const deviceTokens = [first.device?.token ?? '']
  for (let time = 1; time < times; time += 1) {
    tokens.push((await sessions.createSession({ userId, deviceTokens, deviceInfo: { location } })).token)
  }
  return { id: first.device?.id ?? newDeviceId(userId), tokens }
}

const activeAmong = async (tokens: readonly string[]): Promise<number> => {
  const verified = await Promise.all(tokens.map((token) => sessions.verifySession(token)))
  return verified.filter(({ active }) => active).length
}

describe('the devices of a user', () => {
  it('are shown last seen first, with how often and where they were used', async () => {
    const laptop = await used('42', 3, 'Oslo, Norway')
    clock.advance(hours(1))
    const phone = await used('42', 1, 'Bergen, Norway')
    await used('43', 1)
    const shown = await sessions.getDevices('42')
    expect(shown.map(({ id }) => id)).toEqual([phone.id, laptop.id])
    expect(shown[1]).toMatchObject({
      userId: '42',
      name: null,
      trustedUntil: null,
      activeSessions: 3,
      deviceInfo: { location: 'Oslo, Norway' },
      places: [{ location: 'Oslo, Norway', sessions: 3 }],
    })
    expect(await sessions.getDevice(laptop.id)).toEqual(shown[1])
    expect(await sessions.getDevices('nobody')).toEqual([])
    await expect(sessions.getDevices('')).rejects.toMatchObject({ field: 'userId' })
  })

  it('are not those of somebody else, nor ones that there are not', async () => {
    const { id } = await used('42', 1)
    expect(await sessions.getDevice(id, { ofUser: '42' })).toMatchObject({ id })
    expect(await sessions.getDevice(id, { ofUser: '43' })).toBeNull()
    for (const none of [newDeviceId('42'), newSessionId('42'), 'dev_', '', '../x']) {
      expect(await sessions.getDevice(none)).toBeNull()
    }
    await expect(sessions.getDevice(id, { ofUser: '' })).rejects.toMatchObject({ field: 'ofUser' })
  })

  it('choose sessions of a list', async () => {
    const { id } = await used('42', 2)
    await used('42', 1)
    const filter = { userId: '42', deviceId: id }
    expect((await sessions.listSessions(filter, { cursor: null, limit: 10 })).items).toHaveLength(2)
    expect(await sessions.countSessions(filter)).toBe(2)
  })
})

describe('ending the sessions of a device', () => {
  it('ends all of them and no other, also in a warm cache, and leaves the device', async () => {
    const laptop = await used('42', 2)
    const phone = await used('42', 1)
    expect(await activeAmong([...laptop.tokens, ...phone.tokens])).toBe(3)
    const receipts: EndingReceipt[] = []
    const onReceipt = (receipt: EndingReceipt) => void receipts.push(receipt)
    expect(await sessions.endDeviceSessions(laptop.id, { by: 'user:42', onReceipt })).toBe(2)
    expect(receipts).toHaveLength(1)
    expect(await activeAmong(laptop.tokens)).toBe(0)
    expect(await activeAmong(phone.tokens)).toBe(1)
    expect(await sessions.getDevice(laptop.id)).toMatchObject({ activeSessions: 0 })
    expect(await sessions.endDeviceSessions(laptop.id)).toBe(0)
  })

  it('ends nothing of a device that there is not, or that is somebody else’s', async () => {
    const { id, tokens } = await used('42', 1)
    expect(await sessions.endDeviceSessions(id, { ofUser: '43' })).toBe(0)
    for (const none of [newDeviceId('42'), 'dev_', '']) {
      expect(await sessions.endDeviceSessions(none)).toBe(0)
    }
    expect(await activeAmong(tokens)).toBe(1)
    await expect(sessions.endDeviceSessions('', { by: '' })).rejects.toMatchObject({ field: 'by' })
  })
})

describe('forgetting a device', () => {
  it('ends its sessions and takes it off the record', async () => {
    const { id, tokens } = await used('42', 2)
    const other = await used('42', 1)
    expect(await activeAmong(tokens)).toBe(2)
    expect(await sessions.forgetDevice(id, { ofUser: '42', by: 'user:42' })).toEqual({ sessions: 2 })
    expect(await activeAmong([...tokens, ...other.tokens])).toBe(1)
    expect(await sessions.getDevice(id)).toBeNull()
    expect((await sessions.getDevices('42')).map((device) => device.id)).toEqual([other.id])
    expect(await sessions.forgetDevice(id)).toBeNull()
  })

  it('does nothing to one that is somebody else’s', async () => {
    const { id, tokens } = await used('42', 1)
    expect(await sessions.forgetDevice(id, { ofUser: '43' })).toBeNull()
    expect(await sessions.forgetDevice('dev_')).toBeNull()
    expect(await activeAmong(tokens)).toBe(1)
    expect(await sessions.getDevice(id)).not.toBeNull()
  })

  it('also ends a session that begins on it meanwhile', async () => {
    const { device } = await sessions.createSession({ userId: '42', deviceTokens: [] })
    const { forget } = storage.devices
    let late = ''
    storage.devices.forget = async (...given) => {
      const deviceTokens = [device?.token ?? '']
      late = (await sessions.createSession({ userId: '42', deviceTokens })).token
      return forget(...given)
    }
    expect(await sessions.forgetDevice(device?.id ?? '')).toEqual({ sessions: 2 })
    expect(await activeAmong([late])).toBe(0)
  })

  it('leaves the device where its sessions could not be ended', async () => {
    const { id } = await used('42', 1)
    storage.sessions.invalidate = () => Promise.reject(new Error('away'))
    await expect(sessions.forgetDevice(id)).rejects.toThrow('away')
    expect(await sessions.getDevice(id)).toMatchObject({ id, activeSessions: 1 })
  })
})

it('forgetting a user forgets their devices', async () => {
  const { id } = await used('42', 1)
  await sessions.forgetUser('42')
  expect(await sessions.getDevice(id)).toBeNull()
  clock.advance(days(1))
})
