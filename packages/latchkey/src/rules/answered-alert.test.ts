import { expect, it } from 'vitest'
import { instantOf } from '../foundation/time.ts'
import type { Alert, AlertAnswer, AlertState } from '../model/alert.ts'
import { type Finding, type Severity, severities } from '../model/finding.ts'
import { answeredAlert } from './answered-alert.ts'
import { openedAlert } from './risk-response.ts'

const finding: Finding = {
  detector: 'new-country',
  severity: 'medium',
  at: instantOf(1_000),
  userId: '42',
  sessionId: 'ses_a',
  deviceId: null,
  subject: 'country:NO',
  reason: 'First sign-in from Norway.',
  evidence: {},
}
const alert = (severity: Severity): Alert => openedAlert('alr_a', { ...finding, severity }, 'notify')

it.each(severities.map((severity) => [severity] as const))(
  '"me" closes an alert that is %s as it is',
  (severity) => {
    expect(answeredAlert(alert(severity), 'me', instantOf(2_000))).toEqual({
      ...alert(severity),
      ...{ answer: 'me', answeredAt: 2_000, state: 'false-alarm', version: 2 },
    })
  },
)

it.each<[Severity, AlertState, Severity]>([
  ['info', 'open', 'high'],
  ['medium', 'acknowledged', 'high'],
  ['low', 'resolved', 'high'],
  ['high', 'false-alarm', 'high'],
  ['critical', 'resolved', 'critical'],
])('"not me" opens an alert that is %s and %s, and makes it %s', (severity, state, expected) => {
  const answer: AlertAnswer = 'not-me'
  expect(answeredAlert({ ...alert(severity), state }, answer, instantOf(2_000))).toMatchObject({
    ...{ answer, answeredAt: 2_000, state: 'open', severity: expected, version: 2 },
  })
})
