import type { Session } from '../model/session.ts'
import type { SessionEvent } from '../model/session-event.ts'

/**
 * Whether the session is over by what the event says: its own ending, or a cut-off that it was created before. Of an
 * erased user (`user.forgotten`) no event says whose sessions are gone.
 */
export function isEndedBy(
  session: Pick<Session, 'id' | 'userId' | 'deviceId' | 'createdAt'>,
  event: SessionEvent,
): boolean {
  if (event.type === 'session.ended') return event.sessionId === session.id
  if (event.type !== 'cut-off.set') return false
  const { scope, not_before: notBefore } = event.after ?? {}
  if (typeof notBefore !== 'number' || session.createdAt > notBefore) return false
  if (scope === 'everybody') return true
  if (event.userId !== session.userId) return false
  return scope === 'user' || event.deviceId === session.deviceId
}
