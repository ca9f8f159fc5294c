import type { UserSession } from 'latchkey/client'

/** A session on a laptop in Oslo, under everybody's policy. */
export function sampleSession(changes: Partial<UserSession> = {}): UserSession {
  return {
    id: 'ses_a',
    device_info: {
      type: 'desktop',
      browser: 'Chrome',
      browser_version: null,
      os: 'Windows',
      os_version: '11',
      location: 'Oslo, Norway',
    },
    created_at: '2026-11-24T04:00:00.000Z',
    last_accessed: null,
    expires_at: '2026-12-24T04:00:00.000Z',
    idle_expires_at: null,
    is_active: true,
    is_current: false,
    ip_address: '192.0.2.1',
    device_id: null,
    authenticated_at: '2026-11-24T04:00:00.000Z',
    amr: ['pwd'],
    assurance_level: 'aal1',
    is_pending: false,
    reauthentication_required: false,
    expires_by: 'default',
    idle_expires_by: null,
    ...changes,
  }
}
