import type { JsonObject } from '../foundation/json.ts'
import type { Alert } from './alert.ts'
import type { ChangeOrigin } from './session.ts'
import { type NewSessionEvent, plainEvent } from './session-event.ts'

/** What an event says of an alert besides which it is. */
export interface AlertChangeShown {
  readonly before?: JsonObject
  readonly after?: JsonObject
}

/** The event of an alert that was opened, changed or answered. The reason stays in the alert: it may name places. */
export function alertEvent(
  type: 'alert.opened' | 'alert.changed' | 'alert.answered',
  alert: Alert,
  { at, by, request }: ChangeOrigin,
  { before, after }: AlertChangeShown = {},
): NewSessionEvent {
  const { id, detector, severity, state } = alert
  return plainEvent({
    type,
    at,
    actor: by,
    request,
    userId: alert.userId,
    sessionId: alert.sessionId,
    deviceId: alert.deviceId,
    before: before ?? null,
    after: { alert: id, detector, severity, state, ...after },
  })
}
