import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, hours, seconds } from '../foundation/time.ts'
import type { Alert } from '../model/alert.ts'
import type { Storage } from '../ports/storage.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { sampleAlert } from './alert-fixture.fake.ts'
import { createSessions, type Sessions } from './sessions.ts'

const by = 'admin:root'
let clock: FakeClock
let storage: Storage
let sessions: Sessions
let alert: Alert

beforeEach(async () => {
  clock = fakeClock()
  storage = memoryStorage()
  sessions = await createSessions({ storage, clock, cleanup: 'by-command' })
  alert = sampleAlert({ firstAt: clock.now() })
  await storage.alerts.add(alert, [])
})
afterEach(() => sessions.close())

const change = (wanted: Parameters<Sessions['changeAlert']>[1]) =>
  sessions.changeAlert(alert.id, wanted, { by })
const newestEvent = async () => (await sessions.listEvents({}, { cursor: null, limit: 1 })).items[0]

describe('changing an alert', () => {
  it('changes what is named, adds the note, and stands in the audit log without its words', async () => {
    clock.advance(seconds(5))
    const outcome = await change({ state: 'acknowledged', assignee: 'root', note: 'Called Ann.' })
    const expected = {
      state: 'acknowledged',
      assignee: 'root',
      notes: [{ at: clock.now(), by, text: 'Called Ann.' }],
      version: 2,
    }
    expect(outcome).toMatchObject({ kind: 'changed', alert: expected })
    expect(await sessions.getAlert(alert.id)).toMatchObject(expected)
    const event = await newestEvent()
    expect(event).toMatchObject({
      type: 'alert.changed',
      actor: by,
      userId: 'ann',
      before: { state: 'open', assigned_to: null },
      after: { alert: alert.id, state: 'acknowledged', assigned_to: 'actor', is_noted: true },
    })
    expect(JSON.stringify(event)).not.toContain('Called')
  })

  it('with a version that is old changes nothing, and shows what there is', async () => {
    await change({ state: 'resolved', version: 1 })
    const outcome = await change({ state: 'open', version: 1 })
    expect(outcome).toMatchObject({ kind: 'stale', alert: { state: 'resolved', version: 2 } })
  })

  it('that is none writes nothing', async () => {
    const outcome = await change({ state: 'open' })
    expect(outcome).toMatchObject({ kind: 'changed', alert: { version: 1 } })
    expect(await newestEvent()).toBeUndefined()
  })

  it('of many at once loses no note', async () => {
    const texts = ['a', 'b', 'c', 'd']
    await Promise.all(texts.map((note) => change({ note })))
    const found = await sessions.getAlert(alert.id)
    expect(found?.notes.map(({ text }) => text).sort()).toEqual(texts)
  })

  it('says of one that is not there that it is unknown', async () => {
    expect(await sessions.changeAlert('alr_', { state: 'open' })).toEqual({ kind: 'unknown' })
    expect(await sessions.changeAlert(sampleAlert().id, { state: 'open' })).toEqual({ kind: 'unknown' })
  })

  it.each([
    ['state', { state: 'closed' as never }],
    ['assignee', { assignee: '' }],
    ['note', { note: '' }],
    ['note', { note: 'x'.repeat(2_001) }],
    ['note', { note: 'a\0b' }],
    ['version', { version: 0 }],
  ])('names %s at fault in %j', async (field, wanted) => {
    await expect(change(wanted)).rejects.toMatchObject({ code: 'invalid-argument', field })
  })
})

describe('the list', () => {
  it('is that of the conditions, newest first, and is counted alike', async () => {
    const later = sampleAlert({
      firstAt: after(clock.now(), hours(1)),
      userId: 'bob',
      severity: 'high',
      assignee: 'root',
    })
    await storage.alerts.add(later, [])
    const all = await sessions.listAlerts({}, { cursor: null, limit: 10 })
    expect(all.items.map(({ id }) => id)).toEqual([later.id, alert.id])
    for (const conditions of [
      { userId: 'bob' },
      { severities: ['high', 'critical'] },
      { assignee: 'root' },
      { from: later.lastAt },
    ] as const) {
      const { items } = await sessions.listAlerts(conditions, { cursor: null, limit: 10 })
      expect([conditions, items.map(({ id }) => id)]).toEqual([conditions, [later.id]])
      expect(await sessions.countAlerts(conditions)).toBe(1)
    }
    expect(await sessions.countAlerts({ assignee: null })).toBe(1)
    expect(await sessions.countAlerts({ states: ['resolved'] })).toBe(0)
  })

  it.each([
    ['userId', { userId: '' }],
    ['sessionId', { sessionId: 'none' }],
    ['states', { states: ['closed' as never] }],
    ['severities', { severities: 'high' as never }],
    ['from', { from: Number.NaN as never }],
  ])('names %s at fault', async (field, conditions) => {
    const listing = sessions.listAlerts(conditions, { cursor: null, limit: 10 })
    await expect(listing).rejects.toMatchObject({ code: 'invalid-argument', field })
    await expect(sessions.countAlerts(conditions)).rejects.toMatchObject({ field })
  })
})
