import { type Instant, type Session, toIso } from 'latchkey'
import type { ManagedSession } from 'latchkey/client'
import { table } from './report.ts'

/** A session as the API shows it to an administrator. */
export function managedSession(session: Session, userLabel: string | null): ManagedSession {
  const { deviceInfo } = session
  return {
    id: session.id,
    user_id: session.userId,
    user_label: userLabel,
    device_info: {
      type: deviceInfo.type,
      browser: deviceInfo.browser,
      browser_version: deviceInfo.browserVersion,
      os: deviceInfo.os,
      os_version: deviceInfo.osVersion,
      location: deviceInfo.location,
    },
    created_at: toIso(session.createdAt),
    last_accessed: isoOrNull(session.lastAccessedAt),
    expires_at: toIso(session.expiresAt),
    idle_expires_at: isoOrNull(session.idleExpiresAt),
    is_active: session.isActive,
    is_current: false,
    ip_address: session.ipAddress,
    device_id: session.deviceId,
    country: session.place?.country ?? null,
    network: session.place?.network ?? null,
    ended_at: isoOrNull(session.endedAt),
    end_reason: session.endReason,
    ended_by: session.endedBy,
    authenticated_at: toIso(session.authenticatedAt),
    amr: [...session.amr],
    assurance_level: session.assurance,
    is_pending: session.stage === 'pending',
    reauthentication_required: session.reauthenticationRequired,
    expires_by: session.expiresBy,
    idle_expires_by: session.idleExpiresBy,
    roles: [...session.roles],
    device_trust: session.deviceTrust,
  }
}

const heading = ['SESSION', 'USER', 'DEVICE', 'ADDRESS', 'STARTED (UTC)', 'LAST USED (UTC)', 'STATE']

/** For people: to the minute. */
export function sessionTable(sessions: readonly ManagedSession[]): string[] {
  return table([heading, ...sessions.map(row)])
}

function row(session: ManagedSession): string[] {
  return [
    session.id,
    session.user_label ?? session.user_id,
    deviceOf(session),
    session.ip_address ?? '-',
    minuteOf(session.created_at),
    session.last_accessed === null ? '-' : minuteOf(session.last_accessed),
    stateOf(session),
  ]
}

function deviceOf({ device_info: { type, browser, os } }: ManagedSession): string {
  const known = [browser, os].filter((name) => name !== 'unknown')
  return known.length === 0 ? type : known.join(' on ')
}

function stateOf(session: ManagedSession): string {
  if (session.is_active) return 'live'
  return session.end_reason === null
    ? 'past its deadline, or cut off'
    : `${session.end_reason} by ${session.ended_by}`
}

/** `2026-11-24 09:30` */
function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant)
}
