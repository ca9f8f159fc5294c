import { instantOf } from '../foundation/time.ts'
import type { Alert } from '../model/alert.ts'
import { newAlertId } from '../model/alert-id.ts'
import type { Session } from '../model/session.ts'

/** An alert of version 1 that is open, about nobody's session unless one is named. */
export function sampleAlert(change: Partial<Alert> = {}): Alert {
  const at = change.firstAt ?? instantOf(0)
  return {
    id: newAlertId(),
    detector: 'new-country',
    severity: 'medium',
    userId: 'ann',
    sessionId: null,
    deviceId: null,
    subject: 'country:NO',
    reason: 'The first sign-in from Norway.',
    evidence: { country: 'NO' },
    firstAt: at,
    lastAt: at,
    count: 1,
    state: 'open',
    assignee: null,
    answer: null,
    answeredAt: null,
    response: null,
    respondedAt: null,
    notes: [],
    version: 1,
    ...change,
  }
}

/** One about a session, noticed when it began. */
export function alertAbout(session: Session, change: Partial<Alert> = {}): Alert {
  const { userId, id: sessionId, deviceId, createdAt } = session
  return sampleAlert({ userId, sessionId, deviceId, firstAt: createdAt, lastAt: createdAt, ...change })
}
