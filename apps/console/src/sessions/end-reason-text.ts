import type { EndReasonOnWire, ManagedSession } from 'latchkey/client'

const reasons: Record<EndReasonOnWire, string> = {
  logout: 'Signed out',
  expired: 'Expired',
  'idle-timeout': 'Timed out',
  revoked: 'Ended',
  replaced: 'Replaced',
  'session-limit': 'Ended by the session limit',
  'token-reuse': 'Ended: token used twice',
  'network-change': 'Ended: another network',
}

const actors: Record<string, string> = {
  user: 'by the user',
  admin: 'by an administrator',
  service: 'by an application',
  'command-line': 'from the command line',
}

/** Why a session is over, and through whom where that says something: `Ended by an administrator`. */
export function endReasonText(session: Pick<ManagedSession, 'end_reason' | 'ended_by'>): string {
  const reason = session.end_reason ?? 'expired'
  const actor = session.ended_by?.split(':')[0] ?? ''
  const by = reason === 'revoked' ? actors[actor] : undefined
  return by ? `${reasons[reason]} ${by}` : reasons[reason]
}

/** Why sessions ended, as a heading of many: `Timed out`. */
export function endReasonName(reason: string): string {
  return Object.hasOwn(reasons, reason) ? reasons[reason as EndReasonOnWire] : reason
}
