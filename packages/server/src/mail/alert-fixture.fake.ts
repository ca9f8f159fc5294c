import { type Alert, instantOf } from 'latchkey'

/** An alert about a session of `ann`. */
export function sampleAlert(change: Partial<Alert> = {}): Alert {
  const at = instantOf(Date.parse('2026-11-23T10:00:00Z'))
  return {
    id: 'alr_aaaaaaaaaaaaaaaaaaaaaaaaaa',
    detector: 'new-country',
    severity: 'medium',
    userId: 'ann',
    sessionId: 'ses_aaaaaaaaaaaaaaaaaaaaaaaa',
    deviceId: null,
    subject: 'country:NO',
    reason: 'The first sign-in from Norway.',
    evidence: {},
    firstAt: at,
    lastAt: at,
    count: 1,
    state: 'open',
    assignee: null,
    answer: null,
    answeredAt: null,
    response: 'notify',
    respondedAt: null,
    notes: [],
    version: 1,
    ...change,
  }
}
