import { afterEach, beforeEach, expect, it } from 'vitest'
import { after, days } from '../foundation/time.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createSessions, type Sessions } from './sessions.ts'

const by = 'admin:root'
let clock: FakeClock
let sessions: Sessions

beforeEach(async () => {
  clock = fakeClock()
  sessions = await createSessions({ storage: memoryStorage(), clock, cleanup: 'by-command' })
})
afterEach(() => sessions.close())

const types = async () =>
  (await sessions.listEvents({}, { cursor: null, limit: 10 })).items.map(({ type }) => type)

it('a mute is listed until it is taken back, and both stand in the audit log', async () => {
  const until = after(clock.now(), days(7))
  const mute = await sessions.addMute({ detector: 'odd-hour', userId: 'ann', until, note: 'on call' }, { by })
  expect(mute).toMatchObject({
    detector: 'odd-hour',
    userId: 'ann',
    deviceId: null,
    network: null,
    until,
    by,
  })
  expect(await sessions.getMutes()).toEqual([mute])
  expect(await sessions.removeMute(mute.id, { by })).toBe(true)
  expect(await sessions.removeMute(mute.id, { by })).toBe(false)
  expect(await sessions.removeMute('nonsense')).toBe(false)
  expect(await sessions.getMutes()).toEqual([])
  expect(await types()).toEqual(['mute.removed', 'mute.added'])
})

it.each([
  ['mute', {}],
  ['mute', { note: 'everything', until: null }],
  ['detector', { detector: '' }],
  ['userId', { userId: 'x'.repeat(256) }],
  ['deviceId', { deviceId: 'dev_' }],
  ['network', { network: -1 }],
  ['network', { network: 2 ** 32 }],
  ['network', { network: 1.5 }],
  ['note', { network: 1, note: '' }],
])('names %s at fault in %j', async (field, wanted) => {
  await expect(sessions.addMute(wanted)).rejects.toMatchObject({ code: 'invalid-argument', field })
  expect(await types()).toEqual([])
})

it('is refused where there are a thousand, and takes the room of those that are over', async () => {
  const until = after(clock.now(), days(1))
  const old = await sessions.addMute({ network: 0, until }, { by })
  for (let network = 1; network < 1_000; network += 1) await sessions.addMute({ network }, { by })
  const adding = sessions.addMute({ network: 1_000 }, { by })
  await expect(adding).rejects.toMatchObject({ field: 'mute' })
  clock.advance(days(1))
  const mute = await sessions.addMute({ network: 1_000 }, { by })
  const ids = (await sessions.getMutes()).map(({ id }) => id)
  expect(ids).toHaveLength(1_000)
  expect(ids).toContain(mute.id)
  expect(ids).not.toContain(old.id)
  const [added, removed] = (await sessions.listEvents({}, { cursor: null, limit: 2 })).items
  expect([added?.type, removed?.type, removed?.actor]).toEqual(['mute.added', 'mute.removed', 'system'])
})

it('has to last beyond now', async () => {
  const adding = sessions.addMute({ network: 0, until: clock.now() })
  await expect(adding).rejects.toMatchObject({ field: 'until' })
})
