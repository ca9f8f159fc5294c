import { describeEvent, endReasons, forever, type SessionEventType, sessionEventTypes } from 'latchkey'

/** What an event can be besides its type, as far as its name depends on it. */
const reasons = [null, ...endReasons]

const kinds = ['cross-site', 'two-credentials', 'planted-cookie', 'direct-reference', 'forbidden']

const afters = [
  null,
  ...kinds.map((kind) => ({ kind })),
  ...['user', 'device', 'everybody'].map((scope) => ({ scope })),
  { scope: 'user', not_before: forever },
  ...['rotation', 'reauthentication', 'privilege-change'].map((cause) => ({ cause })),
]

/** The types of events that can have the name in the OWASP Logging Vocabulary; none for a name that nothing has. */
export function typesNamed(name: string): SessionEventType[] {
  return sessionEventTypes.filter((type) =>
    reasons.some((reason) => afters.some((after) => describeEvent({ type, reason, after }).name === name)),
  )
}
