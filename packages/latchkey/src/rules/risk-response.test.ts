import { describe, expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import type { Alert, AlertState, DetectorMode, DetectorSetting, Mute, Response } from '../model/alert.ts'
import type { Finding, Severity } from '../model/finding.ts'
import {
  grownAlert,
  isMuted,
  openedAlert,
  responseOwed,
  responseTo,
  settingOf,
  takesIn,
} from './risk-response.ts'

function findingOf(changes: Partial<Finding> = {}): Finding {
  return {
    detector: 'new-country',
    severity: 'medium',
    at: instantOf(1_000),
    userId: '42',
    sessionId: 'ses_a',
    deviceId: 'dev_a',
    subject: 'country:NO',
    reason: 'First sign-in from Norway.',
    evidence: {},
    ...changes,
  }
}

function riskOf(
  changes: Partial<Finding> = {},
  severity: Severity = 'medium',
  network: number | null = 64_500,
) {
  return { finding: findingOf(changes), severity, network }
}

function opened(response: Response | null = null, changes: Partial<Alert> = {}): Alert {
  return { ...openedAlert('alr_a', findingOf(), response), ...changes }
}

const enforced: DetectorSetting = { detector: 'new-country', mode: 'enforce', response: 'end-session' }

it('a detector that nobody has set observes', () => {
  expect(settingOf('new-country', [])).toEqual({
    detector: 'new-country',
    mode: 'observe',
    response: 'notify',
  })
  expect(settingOf('new-country', [enforced])).toBe(enforced)
})

describe('a response', () => {
  it.each<[DetectorSetting['mode'], Severity, Severity, Response | null]>([
    ['off', 'high', 'medium', null],
    ['observe', 'critical', 'medium', null],
    ['enforce', 'medium', 'medium', 'end-session'],
    ['enforce', 'high', 'medium', 'end-session'],
    ['enforce', 'low', 'medium', null],
    ['enforce', 'info', 'info', 'end-session'],
  ])('in mode %s to a finding of %s by a detector of %s: %s', (mode, found, own, response) => {
    expect(responseTo(riskOf({ severity: found }, own), { ...enforced, mode })).toBe(response)
  })
})

describe('a mute', () => {
  const mute: Mute = {
    id: 'mut_a',
    detector: null,
    userId: null,
    deviceId: null,
    network: null,
    until: null,
    note: null,
    by: 'system',
    at: instantOf(0),
  }
  it.each<[Partial<Mute>, boolean]>([
    [{ detector: 'new-country' }, true],
    [{ detector: 'new-device' }, false],
    [{ userId: '42' }, true],
    [{ userId: '43' }, false],
    [{ deviceId: 'dev_a' }, true],
    [{ deviceId: 'dev_b' }, false],
    [{ network: 64_500 }, true],
    [{ network: 64_501 }, false],
    [{ userId: '42', detector: 'new-country', network: 64_500 }, true],
    [{ userId: '42', detector: 'new-device' }, false],
    [{ userId: '42', until: instantOf(1_001) }, true],
    [{ userId: '42', until: instantOf(1_000) }, false],
  ])('%j: %j', (changes, muted) => {
    expect(isMuted(riskOf(), [{ ...mute, ...changes }])).toBe(muted)
  })

  it('of a network mutes nothing where the network is unknown', () => {
    expect(isMuted(riskOf({}, 'medium', null), [{ ...mute, network: 64_500 }])).toBe(false)
  })
})

describe('an alert', () => {
  it('takes in findings of its detector, user and subject until it is resolved', () => {
    expect(takesIn(opened(), findingOf({ sessionId: 'ses_b' }))).toBe(true)
    expect(takesIn(opened(null, { state: 'acknowledged' }), findingOf())).toBe(true)
    expect(takesIn(opened(null, { state: 'resolved' }), findingOf())).toBe(false)
    expect(takesIn(opened(null, { state: 'false-alarm' }), findingOf())).toBe(false)
    expect(takesIn(opened(), findingOf({ detector: 'new-device' }))).toBe(false)
    expect(takesIn(opened(), findingOf({ userId: '43' }))).toBe(false)
    expect(takesIn(opened(), findingOf({ subject: 'country:SE' }))).toBe(false)
  })

  it('takes in no other session while something is to happen to its own', () => {
    const owing = opened('end-session')
    expect(takesIn(owing, findingOf({ sessionId: 'ses_b' }))).toBe(false)
    expect(takesIn(owing, findingOf())).toBe(true)
    expect(takesIn({ ...owing, respondedAt: instantOf(2_000) }, findingOf({ sessionId: 'ses_b' }))).toBe(true)
  })

  it('grows by a finding, and tells the newest', () => {
    const next = findingOf({ at: instantOf(2_000), severity: 'high', reason: 'Again.', sessionId: 'ses_b' })
    expect(grownAlert(opened(), next, null)).toMatchObject({
      count: 2,
      severity: 'high',
      reason: 'Again.',
      sessionId: 'ses_b',
      firstAt: 1_000,
      lastAt: 2_000,
      state: 'open',
      response: null,
    })
  })

  it('keeps the newest where a finding comes late, and its severity where a milder one does', () => {
    const late = findingOf({ at: instantOf(500), severity: 'info', reason: 'Earlier.' })
    expect(grownAlert(opened(), late, null)).toMatchObject({
      count: 2,
      severity: 'medium',
      reason: 'First sign-in from Norway.',
      firstAt: 500,
      lastAt: 1_000,
    })
  })

  const done = { respondedAt: instantOf(1_500) }
  it.each<[string, Alert, string, Response | null, Response | null, number | null]>([
    ['nothing before, nothing now', opened(), 'ses_a', null, null, null],
    ['nothing before, one now', opened(), 'ses_a', 'notify', 'notify', null],
    ['done to this session: not again', opened('notify', done), 'ses_a', 'notify', 'notify', 1_500],
    ['done to another session: again', opened('notify', done), 'ses_b', 'notify', 'notify', null],
    ['a stricter one: that, too', opened('notify', done), 'ses_a', 'end-session', 'end-session', null],
    ['a milder one: not again', opened('end-session', done), 'ses_a', 'notify', 'end-session', 1_500],
    [
      'a milder one to another session: only that',
      opened('end-session', done),
      'ses_b',
      'notify',
      'notify',
      null,
    ],
    [
      'a milder one while one is owed: that one',
      opened('end-session'),
      'ses_a',
      'notify',
      'end-session',
      null,
    ],
    ['nothing more: as it was', opened('notify', done), 'ses_b', null, 'notify', 1_500],
  ])('%s', (_name, alert, session, response, expected, respondedAt) => {
    const finding = findingOf({ at: instantOf(2_000), sessionId: session as 'ses_a' })
    expect(grownAlert(alert, finding, response)).toMatchObject({ response: expected, respondedAt })
  })
})

it('what has happened happens again where the finding is graver than all before, and as strictly', () => {
  const done = { respondedAt: instantOf(1_500) }
  const graver = findingOf({ severity: 'high' })
  const asked = { response: 'end-session', respondedAt: null, severity: 'high' }
  expect(grownAlert(opened('end-session', done), graver, 'notify')).toMatchObject(asked)
  expect(grownAlert(opened('end-session', done), graver, null)).toMatchObject({ ...done, severity: 'high' })
})

it('what a finding asks for that comes late is owed to its own session', () => {
  const done = { respondedAt: instantOf(1_500) }
  const late = findingOf({ at: instantOf(500), sessionId: 'ses_b' })
  const asked = { sessionId: 'ses_b', response: 'end-session', respondedAt: null, lastAt: instantOf(1_000) }
  expect(grownAlert(opened('end-session', done), late, 'end-session')).toMatchObject(asked)
  expect(grownAlert(opened('end-session', done), late, null)).toMatchObject({ sessionId: 'ses_a' })
})

describe('what of an alert is still to happen', () => {
  it.each<[Response | null, AlertState, DetectorMode, Response, Response | null]>([
    ['end-session', 'open', 'enforce', 'end-session', 'end-session'],
    ['end-session', 'acknowledged', 'enforce', 'end-session', 'end-session'],
    ['end-session', 'resolved', 'enforce', 'end-session', null],
    ['end-session', 'false-alarm', 'enforce', 'end-session', null],
    ['end-session', 'open', 'observe', 'end-session', null],
    ['end-session', 'open', 'off', 'end-session', null],
    ['end-session', 'open', 'enforce', 'notify', 'notify'],
    ['notify', 'open', 'enforce', 'end-session', 'notify'],
    [null, 'open', 'enforce', 'end-session', null],
  ])('of %s, %s, where its detector is to %s %s, is %s', (owed, state, mode, response, expected) => {
    const settings = [{ detector: 'new-country', mode, response }]
    expect(responseOwed(opened(owed, { state }), settings)).toBe(expected)
  })

  it('is nothing where nobody has set its detector', () => {
    expect(responseOwed(opened('notify'), [])).toBeNull()
  })
})
