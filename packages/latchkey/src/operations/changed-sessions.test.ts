import { expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import { newDeviceId } from '../model/device.ts'
import {
  cutOffEvent,
  endedEvent,
  plainEvent,
  renewedEvent,
  sessionEventTypes,
} from '../model/session-event.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { changedSessions } from './changed-sessions.ts'

const record = sampleRecord()
const { id, userId } = record
const origin = { at: instantOf(1), by: 'system', request: null }
const deviceId = newDeviceId('42')
const placed = { position: 1, digest: null }
const cutOff = { notBefore: instantOf(1), setAt: instantOf(1), by: 'system', note: null }

it('a session that ended or was renewed is let go of', () => {
  const session = { kind: 'session', id, userId }
  const ended = endedEvent(
    record,
    { ...origin, reason: 'logout' },
    { device: null, ended: { createdAt: 0, duration: 0, country: null, amr: [] } },
  )
  expect(changedSessions({ ...ended, ...placed })).toEqual(session)
  const renewed = renewedEvent(record, { ...origin, cause: 'rotation' })
  expect(changedSessions({ ...renewed, ...placed })).toEqual(session)
  const challenged = renewedEvent(record, { ...origin, cause: 'challenge' })
  expect(changedSessions({ ...challenged, ...placed })).toEqual(session)
})

it.each([
  [
    { kind: 'user', userId },
    { kind: 'user', userId, except: null },
  ],
  [
    { kind: 'device', userId, deviceId },
    { kind: 'device', userId, deviceId },
  ],
  [{ kind: 'everybody' }, { kind: 'everybody' }],
] as const)('whom a cut-off of %o concerns is let go of', (scope, changed) => {
  const event = cutOffEvent('cut-off.set', { ...cutOff, scope }, null, origin)
  expect(changedSessions({ ...event, ...placed })).toEqual(changed)
})

it('nothing is let go of for what changed no session', () => {
  const changing = ['session.ended', 'session.renewed', 'session.challenged', 'cut-off.set']
  for (const type of sessionEventTypes.filter((type) => !changing.includes(type))) {
    const event = plainEvent({ type, at: instantOf(1), actor: 'system', sessionId: id, userId, deviceId })
    expect(changedSessions({ ...event, ...placed })).toBeNull()
  }
})
