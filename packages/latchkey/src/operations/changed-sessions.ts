import type { SessionEvent } from '../model/session-event.ts'
import type { ChangedSessions } from '../model/session-filter.ts'

/** Of which sessions caches let go when they hear of the event; null: of none, since it changed none. */
export function changedSessions({ type, sessionId, userId, deviceId }: SessionEvent): ChangedSessions | null {
  switch (type) {
    case 'session.ended':
    case 'session.renewed':
    case 'session.challenged':
      return sessionId === null ? null : { kind: 'session', id: sessionId, userId }
    case 'cut-off.set':
      if (userId === null) return { kind: 'everybody' }
      return deviceId === null ? { kind: 'user', userId, except: null } : { kind: 'device', userId, deviceId }
    default:
      return null
  }
}
