import { toIso } from '../foundation/time.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { describeEvent } from '../operations/event-description.ts'
import type { AuditEntry } from './wire-types.ts'

/** An event as the audit log shows it to who may see all of it. */
export function toAuditEntry(event: SessionEvent): AuditEntry {
  const { name, level, sentence } = describeEvent(event)
  return {
    position: event.position,
    at: toIso(event.at),
    type: event.type,
    event: name,
    level,
    description: sentence,
    user_id: event.userId,
    session_id: event.sessionId,
    device_id: event.deviceId,
    actor: event.actor,
    reason: event.reason,
    request_id: event.request,
    before: event.before,
    after: event.after,
  }
}

/** As its own user sees it: that an administrator or a back end did it, and not which. */
export function toOwnAuditEntry(event: SessionEvent): AuditEntry {
  const [kind = ''] = event.actor.split(':', 1)
  const isOwn = event.actor === `user:${event.userId}`
  return { ...toAuditEntry(event), actor: isOwn ? event.actor : kind }
}
