import { expect, it } from 'vitest'
import { instantOf, toIso } from '../foundation/time.ts'
import { type CutOff, forever } from '../model/cut-off.ts'
import { cutOffEvent, endedEvent, type NewSessionEvent, plainEvent } from '../model/session-event.ts'
import { isEndedBy } from './ended-by-event.ts'

const at = instantOf(1_700_000_000_000)
const session = {
  id: `ses_${'a'.repeat(24)}`,
  userId: 'ann',
  deviceId: `dev_${'a'.repeat(24)}`,
  createdAt: at,
} as const
const origin = { at, by: 'system', request: null }

const howItWent = { device: null, ended: { createdAt: 0, duration: 0, country: null, amr: [] } }

const inLog = (event: NewSessionEvent) => ({ ...event, position: 1, digest: null })

function cutOff(
  scope: CutOff['scope'],
  notBefore = at,
  type: 'cut-off.set' | 'cut-off.lifted' = 'cut-off.set',
) {
  return inLog(cutOffEvent(type, { scope, notBefore, setAt: at, by: 'system', note: null }, null, origin))
}

const ofUser = { kind: 'user', userId: 'ann' } as const
const ofDevice = { kind: 'device', userId: 'ann', deviceId: session.deviceId } as const
const otherDevice = `dev_${'b'.repeat(24)}` as const

it.each([
  ['its own end', inLog(endedEvent(session, { ...origin, reason: 'logout' }, howItWent)), true],
  [
    'the end of another',
    inLog(
      endedEvent({ ...session, id: `ses_${'b'.repeat(24)}` }, { ...origin, reason: 'logout' }, howItWent),
    ),
    false,
  ],
  ['a cut-off of its user', cutOff(ofUser), true],
  ['its user being disabled', cutOff(ofUser, forever), true],
  ['a cut-off of its device', cutOff(ofDevice), true],
  ['a cut-off of everybody', cutOff({ kind: 'everybody' }), true],
  ['a cut-off of another user', cutOff({ kind: 'user', userId: 'bob' }), false],
  ['a cut-off of another device', cutOff({ ...ofDevice, deviceId: otherDevice }), false],
  ['a cut-off of a time before it', cutOff(ofUser, instantOf(at - 1)), false],
  ['a cut-off of everybody of a time before it', cutOff({ kind: 'everybody' }, instantOf(at - 1)), false],
  ['a cut-off that was lifted', cutOff(ofUser, at, 'cut-off.lifted'), false],
  [
    'an event that says nothing of it',
    inLog(plainEvent({ type: 'cut-off.set', at, actor: 'system' })),
    false,
  ],
  [
    'an instant as text, which no cut-off has',
    inLog(
      plainEvent({
        type: 'cut-off.set',
        at,
        actor: 'system',
        after: { scope: 'everybody', not_before: toIso(at) },
      }),
    ),
    false,
  ],
])('by %s a session is over where it concerns that session', (_, event, isOver) => {
  expect(isEndedBy(session, event)).toBe(isOver)
})
