import type { Instant } from '../foundation/time.ts'
import type { Alert, AlertAnswer } from '../model/alert.ts'
import { higherSeverity } from './risk-response.ts'

/** The alert once its user has answered. A "no" is for somebody to look at, whatever was thought of it before. */
export function answeredAlert(alert: Alert, answer: AlertAnswer, at: Instant): Alert {
  const isMe = answer === 'me'
  return {
    ...alert,
    answer,
    answeredAt: at,
    state: isMe ? 'false-alarm' : 'open',
    severity: isMe ? alert.severity : higherSeverity(alert.severity, 'high'),
    version: alert.version + 1,
  }
}
