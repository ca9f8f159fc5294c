import { toIso } from '../foundation/time.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { describeEvent } from '../operations/event-description.ts'
import type { AuditEntry } from './wire-types.ts'

/** What people are known by to who may see all of the log. */
export type AuditLabels = Pick<AuditEntry, 'user_label' | 'actor_label'>

const noLabels: AuditLabels = { user_label: null, actor_label: null }

/** An event as the audit log shows it to who may see all of it. */
export function toAuditEntry(event: SessionEvent, labels: AuditLabels): AuditEntry {
  const { name, level, sentence } = describeEvent(event)
  return {
    position: event.position,
    at: toIso(event.at),
    type: event.type,
    event: name,
    level,
    description: sentence,
    user_id: event.userId,
    user_label: labels.user_label,
    session_id: event.sessionId,
    device_id: event.deviceId,
    actor: event.actor,
    actor_label: labels.actor_label,
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
  return { ...toAuditEntry(event, noLabels), actor: isOwn ? event.actor : kind }
}
