import type { AuditEntry } from 'latchkey/client'

/** Somebody signed in. */
export function sampleEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    position: 12,
    at: '2026-11-24T04:00:00.000Z',
    type: 'session.created',
    event: 'session_created',
    level: 'INFO',
    description: 'A session was created.',
    user_id: 'usr_1',
    user_label: null,
    session_id: 'ses_a',
    device_id: null,
    actor: 'user:usr_1',
    actor_label: null,
    reason: null,
    request_id: 'req_1',
    before: null,
    after: null,
    ...changes,
  }
}
