import { expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { unknownDevice } from './device-info.ts'
import { createdEvent, endedEvent, renewedEvent } from './session-event.ts'

const record = sampleRecord({
  createdAt: instantOf(1_000),
  deviceInfo: {
    ...unknownDevice,
    type: 'desktop',
    browser: 'Chrome',
    os: 'Windows',
    location: 'Oslo, Norway',
  },
  ipAddress: '192.0.2.7',
  userAgent: 'a browser',
})

const device = { type: 'desktop', browser: 'Chrome', os: 'Windows' } as const
const ended = { createdAt: 1_000, duration: 500, country: null, amr: ['pwd'] }

const events = [
  createdEvent(record, 'user:42', 'r1', null, null),
  renewedEvent(record, { at: instantOf(2_000), by: 'user:42', request: 'r2', cause: 'rotation' }),
  endedEvent(
    record,
    { at: instantOf(3_000), reason: 'logout', by: 'user:42', request: null },
    { device, ended },
  ),
]

it('an event names the session, its user, who did it and in which request', () => {
  expect(events.map(({ request }) => request)).toEqual(['r1', 'r2', null])
  for (const event of events) {
    expect(event).toMatchObject({ sessionId: record.id, userId: '42', actor: 'user:42' })
  }
  expect(events.map(({ type, at }) => [type, at])).toEqual([
    ['session.created', 1_000],
    ['session.renewed', 2_000],
    ['session.ended', 3_000],
  ])
})

it('an event says why a session ended and on what it began, and leaves the rest null', () => {
  expect(events.map(({ reason }) => reason)).toEqual([null, null, 'logout'])
  expect(events.map(({ device }) => device)).toEqual([
    { type: 'desktop', browser: 'Chrome', os: 'Windows' },
    null,
    device,
  ])
})

it('an event keeps what was seen at a sign-in, and how a session went when it ended', () => {
  const sighting = {
    client: 'browser',
    device: { ...device, browserVersion: '142', osVersion: null },
    place: null,
    amr: ['pwd'],
    otherUsers: 2,
  } as const
  expect(createdEvent(record, 'user:42', null, null, sighting).facts).toEqual({
    sighting,
    before: null,
    ended: null,
  })
  expect(events.map(({ facts }) => facts)).toEqual([null, null, { sighting: null, before: null, ended }])
})

it('that a user is asked for a proof is an event of its own', () => {
  const origin = { at: instantOf(2_000), by: 'system', request: null } as const
  expect(renewedEvent(record, { ...origin, cause: 'challenge' }).type).toBe('session.challenged')
})

it('an event of a session that completes another says which', () => {
  const pending = sampleRecord({ stage: 'pending' })
  expect(events.map(({ after }) => after)).toEqual([null, { cause: 'rotation' }, null])
  expect(createdEvent(record, 'user:42', null, pending.id, null).after).toEqual({
    cause: 'factor',
    completes: pending.id,
  })
})

it('an event carries no address, no place and nothing of the secret', () => {
  const text = JSON.stringify(events)
  for (const secret of ['192.0.2.7', 'Oslo', 'secret', 'a browser']) expect(text).not.toContain(secret)
})
