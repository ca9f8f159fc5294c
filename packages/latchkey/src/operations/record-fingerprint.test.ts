import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, minutes } from '../foundation/time.ts'
import { type DeviceId, newDeviceId } from '../model/device.ts'
import { type Fingerprint, fingerprintComponents } from '../model/fingerprint.ts'
import type { Storage } from '../ports/storage.ts'
import { longestHistory } from '../rules/fingerprint-history.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import type { FingerprintValues } from './record-fingerprint.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

const secret = new Uint8Array(32).fill(7)
const values = Object.fromEntries(fingerprintComponents.map((name) => [name, `canary of ${name}`]))

let clock: FakeClock
let storage: Storage
let sessions: Sessions

async function open(options: Partial<SessionsOptions> = {}): Promise<void> {
  clock = fakeClock()
  storage = memoryStorage()
  const fingerprinting = 'on' as const
  sessions = await createSessions({
    storage,
    clock,
    secret,
    fingerprinting,
    cleanup: 'by-command',
    ...options,
  })
}

beforeEach(() => open())
afterEach(() => sessions.close())

async function newDevice(userId = '42'): Promise<DeviceId> {
  const { device } = await sessions.createSession({ userId, deviceTokens: [] })
  return device?.id ?? newDeviceId(userId)
}

async function kept(id: DeviceId): Promise<readonly Fingerprint[]> {
  const fingerprints = (await storage.devices.find(id))?.fingerprints
  return Array.isArray(fingerprints) ? (fingerprints as readonly Fingerprint[]) : []
}

describe('a fingerprint', () => {
  it('is kept as keyed hashes, one for each component, and nothing of what was said', async () => {
    const id = await newDevice()
    expect(await sessions.recordFingerprint(id, values)).toMatchObject({ id, fingerprintedAt: clock.now() })
    const [only] = await kept(id)
    expect(Object.keys(only?.hashes ?? {})).toEqual(Object.keys(values))
    for (const hash of Object.values(only?.hashes ?? {})) expect(hash).toMatch(/^[A-Za-z0-9_-]{16}$/)
    expect(JSON.stringify(await storage.devices.find(id))).not.toContain('canary')
  })

  it('hashes the same value of two components differently, and differently under another secret', async () => {
    const same = { canvas: 'x', audio: 'x' }
    const id = await newDevice()
    await sessions.recordFingerprint(id, same)
    const hashes = (await kept(id))[0]?.hashes
    expect(hashes?.canvas).toHaveLength(16)
    expect(hashes?.canvas).not.toBe(hashes?.audio)
    await sessions.close()
    await open({ secret: new Uint8Array(32).fill(8) })
    const other = await newDevice()
    await sessions.recordFingerprint(other, same)
    expect((await kept(other))[0]?.hashes.canvas).not.toBe(hashes?.canvas)
  })

  it('that was seen before only says that it was seen again; others are a history of eight', async () => {
    const id = await newDevice()
    await sessions.recordFingerprint(id, values)
    clock.advance(minutes(1))
    await sessions.recordFingerprint(id, values)
    expect(await kept(id)).toMatchObject([{ seenAt: clock.now() }])
    for (let update = 0; update < 10; update += 1) {
      await sessions.recordFingerprint(id, { ...values, canvas: `canvas ${update}` })
    }
    expect(await kept(id)).toHaveLength(longestHistory)
  })

  it('is recorded by the user, as a change of the device', async () => {
    const seen: unknown[] = []
    const id = await newDevice()
    const end = sessions.subscribe((event) => seen.push(event))
    await sessions.recordFingerprint(id, values)
    await expect.poll(() => seen).toMatchObject([{ type: 'device.changed', deviceId: id, actor: 'user:42' }])
    end()
  })
})

describe('a new device', () => {
  it('says which one of the same user it resembles, and merges nothing', async () => {
    const known = await newDevice()
    await sessions.recordFingerprint(known, values)
    const cleared = await newDevice()
    const shown = await sessions.recordFingerprint(cleared, { ...values, canvas: 'of an update' })
    expect(shown?.resembles).toEqual({ deviceId: known, confidence: 0.81 })
    expect(await sessions.getDevices('42')).toHaveLength(2)
    expect(await sessions.getSessionCountByUser('42')).toBe(2)
    expect((await sessions.getDevice(known))?.resembles).toBeNull()
  })

  it('resembles one that looked like it some updates ago', async () => {
    const known = await newDevice()
    await sessions.recordFingerprint(known, values)
    const since = { canvas: 'x', webgl: 'x', audio: 'x', fonts: 'x' }
    await sessions.recordFingerprint(known, { ...values, ...since })
    const shown = await sessions.recordFingerprint(await newDevice(), values)
    expect(shown?.resembles).toEqual({ deviceId: known, confidence: 1 })
  })

  it('resembles none of another user, and none that looks unlike it', async () => {
    await sessions.recordFingerprint(await newDevice('43'), values)
    await sessions.recordFingerprint(await newDevice(), { ...values, canvas: 'x', audio: 'x', fonts: 'x' })
    expect((await sessions.recordFingerprint(await newDevice(), values))?.resembles).toBeNull()
  })

  it('says so from its first fingerprint only, and goes on saying it', async () => {
    const first = await newDevice()
    await sessions.recordFingerprint(first, { ...values, canvas: 'x', audio: 'x', fonts: 'x' })
    const known = await newDevice()
    await sessions.recordFingerprint(known, values)
    expect((await sessions.recordFingerprint(first, values))?.resembles).toBeNull()
    const third = await newDevice()
    const resembles = (await sessions.recordFingerprint(third, values))?.resembles
    expect(resembles).not.toBeNull()
    const unlike = { ...values, canvas: 'y', audio: 'y', fonts: 'y' }
    expect((await sessions.recordFingerprint(third, unlike))?.resembles).toEqual(resembles)
  })
})

describe('nothing is recorded', () => {
  it('where fingerprinting is off, for a device that there is not, and without a secret', async () => {
    expect(await sessions.recordFingerprint(newDeviceId('42'), values)).toBeNull()
    expect(await sessions.recordFingerprint('dev_', values)).toBeNull()
    await sessions.close()
    await open({ fingerprinting: 'off' })
    const id = await newDevice()
    expect(await sessions.recordFingerprint(id, values)).toBeNull()
    expect(await kept(id)).toEqual([])
  })

  it.each([
    ['components', null],
    ['components', {}],
    ['components', { canvas: undefined }],
    ['components.canvas', { canvas: '' }],
    ['components.canvas', { canvas: 'x'.repeat(10_001) }],
    ['components.canvas', { canvas: 7 }],
    ['components.canvas', { canvas: 'nul\0' }],
    ['components.plugins', { ...values, plugins: 'x' }],
    ['components.toString', { toString: 'x' }],
  ])('where the browser sends bad %s', async (field, components) => {
    const id = await newDevice()
    const refused = sessions.recordFingerprint(id, components as unknown as FingerprintValues)
    await expect(refused).rejects.toMatchObject({ code: 'invalid-argument', field })
    expect(await kept(id)).toEqual([])
  })
})

it('a sealed history that nobody can open says nothing, and is begun again', async () => {
  const id = await newDevice()
  const { find } = storage.devices
  storage.devices.find = async (sought) => {
    const found = await find(sought)
    return found === null ? null : { ...found, fingerprints: 'sealed' }
  }
  await sessions.recordFingerprint(id, values)
  storage.devices.find = find
  expect(await kept(id)).toHaveLength(1)
  clock.advance(days(1))
})
