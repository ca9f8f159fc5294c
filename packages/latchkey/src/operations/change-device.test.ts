import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, type Duration, days, milliseconds, seconds } from '../foundation/time.ts'
import { type DeviceId, newDeviceId } from '../model/device.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import type { DeviceChange } from './change-device.ts'
import type { CreatedSession } from './create-session.ts'
import { createSessions, type Sessions } from './sessions.ts'

let clock: FakeClock
let sessions: Sessions
let created: CreatedSession
let id: DeviceId

beforeEach(async () => {
  clock = fakeClock()
  const secret = new Uint8Array(32).fill(7)
  sessions = await createSessions({ storage: memoryStorage(), clock, secret, cleanup: 'by-command' })
  created = await sessions.createSession({ userId: '42', deviceTokens: [] })
  id = created.device?.id ?? newDeviceId('42')
})
afterEach(() => sessions.close())

describe('a device is given', () => {
  it('a name, without the space around it, and none again', async () => {
    expect(await sessions.changeDevice(id, { name: '  Kitchen 🏠 tablet ' })).toMatchObject({
      id,
      name: 'Kitchen 🏠 tablet',
      activeSessions: 1,
    })
    expect((await sessions.changeDevice(id, {}))?.name).toBe('Kitchen 🏠 tablet')
    expect((await sessions.changeDevice(id, { name: 'n'.repeat(60) }))?.name).toHaveLength(60)
    expect((await sessions.changeDevice(id, { name: '🏠'.repeat(60) }))?.name).toBe('🏠'.repeat(60))
    expect((await sessions.changeDevice(id, { name: null }))?.name).toBeNull()
  })

  it('trust from now on for a while, and none again', async () => {
    const until = after(clock.now(), days(30))
    expect((await sessions.changeDevice(id, { trustedFor: days(30) }))?.trustedUntil).toBe(until)
    expect((await sessions.changeDevice(id, { name: 'Mine' }))?.trustedUntil).toBe(until)
    clock.advance(days(30))
    expect((await sessions.getDevice(id))?.trustedUntil).toBeNull()
    const longest = await sessions.changeDevice(id, { trustedFor: days(400) })
    expect(longest?.trustedUntil).toBe(after(clock.now(), days(400)))
    expect((await sessions.changeDevice(id, { trustedFor: null }))?.trustedUntil).toBeNull()
  })

  it('name and trust together, by its user unless somebody else is named', async () => {
    const actors: string[] = []
    const end = sessions.subscribe(({ actor, type }) => {
      if (type === 'device.changed') actors.push(actor)
    })
    await sessions.changeDevice(id, { name: 'Mine', trustedFor: days(1) })
    await sessions.changeDevice(id, { name: 'Ours' }, { by: 'admin:1', ofUser: '42' })
    await expect.poll(() => actors).toEqual(['user:42', 'admin:1'])
    end()
  })
})

it.each([
  ['name', { name: '' }],
  ['name', { name: '   ' }],
  ['name', { name: 'n'.repeat(61) }],
  ['name', { name: '🏠'.repeat(61) }],
  ['name', { name: '\u200b\u2060' }],
  ['name', { name: 'two\nlines' }],
  ['name', { name: 'nul\0' }],
  ['name', { name: 'tab\tbed' }],
  ['name', { name: 'line\u2028separator' }],
  ['name', { name: 'turned \u202e round' }],
  ['name', { name: '\ud83c' }],
  ['name', { name: 7 }],
  ['trustedFor', { trustedFor: 0 }],
  ['trustedFor', { trustedFor: -1 }],
  ['trustedFor', { trustedFor: days(400) + 1 }],
  ['trustedFor', { trustedFor: Number.NaN }],
  ['trustedFor', { trustedFor: '1' }],
  ['change', null],
])('a bad %s is refused: %j', async (field, change) => {
  await sessions.changeDevice(id, { name: 'before' })
  const refused = sessions.changeDevice(id, change as unknown as DeviceChange)
  await expect(refused).rejects.toMatchObject({ code: 'invalid-argument', field })
  expect((await sessions.getDevice(id))?.name).toBe('before')
})

it('a device that there is not, or that is somebody else’s, is not changed', async () => {
  const change = { name: 'Theirs', trustedFor: milliseconds(5) }
  expect(await sessions.changeDevice(newDeviceId('42'), change)).toBeNull()
  expect(await sessions.changeDevice('dev_x', change)).toBeNull()
  expect(await sessions.changeDevice(id, change, { ofUser: '43' })).toBeNull()
  expect((await sessions.getDevice(id))?.name).toBeNull()
})

it('of changes at the same moment none is lost', async () => {
  await Promise.all([
    sessions.changeDevice(id, { name: 'Mine' }),
    sessions.changeDevice(id, { trustedFor: days(1) }),
    sessions.createSession({ userId: '42', deviceTokens: [created.device?.token ?? ''] }),
  ])
  expect(await sessions.getDevice(id)).toMatchObject({
    name: 'Mine',
    trustedUntil: after(clock.now(), days(1)),
  })
})

it('a change that loses every race is told so, as one that can be tried again', async () => {
  const storage = memoryStorage()
  storage.devices.replace = async () => false
  const secret = new Uint8Array(32).fill(7)
  const busy = await createSessions({ storage, clock, secret, cleanup: 'by-command' })
  const { device } = await busy.createSession({ userId: '42', deviceTokens: [] })
  const trusted: Duration = seconds(1)
  await expect(busy.changeDevice(device?.id ?? '', { trustedFor: trusted })).rejects.toMatchObject({
    code: 'storage-busy',
  })
  await busy.close()
})
