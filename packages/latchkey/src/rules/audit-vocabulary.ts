import { forever } from '../model/cut-off.ts'
import type { NewSessionEvent, SessionEventType } from '../model/session-event.ts'

/** What an event is called for those who watch many applications. */
export interface EventDescription {
  /** In the OWASP Logging Vocabulary; null where that has no name for it. */
  readonly name: string | null
  readonly level: 'INFO' | 'WARN' | 'CRITICAL'
  /** As a sentence that names nobody. */
  readonly sentence: string
}

type Described = Pick<NewSessionEvent, 'type' | 'reason' | 'after'>

/** The OWASP Logging Vocabulary Cheat Sheet, without the particulars that it puts behind a colon. */
export function describeEvent(event: Described): EventDescription {
  switch (event.type) {
    case 'session.ended':
      return endings[event.reason ?? 'revoked']
    case 'request.refused':
      return refusals[textIn(event, 'kind')] ?? otherRefusal
    case 'session.created':
      return textIn(event, 'completes') === '' ? plain[event.type] : completion
    case 'session.renewed':
      return renewals[textIn(event, 'cause')] ?? otherRenewal
    case 'alert.opened':
      return openings[textIn(event, 'severity')] ?? otherOpening
    case 'cut-off.set':
      return isForever(event) ? disabling : (cutOffs[textIn(event, 'scope')] ?? otherCutOff)
    default:
      return plain[event.type]
  }
}

function textIn({ after }: Described, field: string): string {
  const value = after?.[field]
  return typeof value === 'string' ? value : ''
}

function isForever({ after }: Described): boolean {
  return after?.['not_before'] === forever
}

function info(name: string | null, sentence: string): EventDescription {
  return { name, level: 'INFO', sentence }
}

function warn(name: string | null, sentence: string): EventDescription {
  return { name, level: 'WARN', sentence }
}

function critical(name: string | null, sentence: string): EventDescription {
  return { name, level: 'CRITICAL', sentence }
}

const endings: Readonly<Record<NonNullable<Described['reason']>, EventDescription>> = {
  logout: info('session_expired', 'A user signed out.'),
  expired: info('session_expired', 'A session reached the end of its lifetime.'),
  'idle-timeout': info('session_expired', 'A session was not used for too long.'),
  revoked: info('session_expired', 'A session was ended from elsewhere.'),
  replaced: info('session_expired', 'A new session took the place of an earlier one.'),
  'session-limit': info('session_expired', 'A session gave way to a new one, since there were too many.'),
  'token-reuse': critical(
    'authn_token_reuse',
    'A token came that had been replaced: it may have been stolen, and the session was ended.',
  ),
  'network-change': critical(
    null,
    'A session was used from another network than it is bound to, and was ended.',
  ),
}

const renewals: Readonly<Record<string, EventDescription>> = {
  rotation: info('session_renewed', 'A session got a new token, since it was time.'),
  reauthentication: info('session_renewed', 'A user proved again who they are.'),
  'privilege-change': warn('privilege_permissions_changed', 'What a user may do in a session has changed.'),
}
const completion = info('session_created', 'A user proved the factor that was owed, and a session began.')
const otherRenewal = info('session_renewed', 'A session got a new token.')

const refusals: Readonly<Record<string, EventDescription>> = {
  'cross-site': critical('malicious_cors', 'A request came from another site and was refused.'),
  'two-credentials': critical('malicious_extraneous', 'A request with more than one credential was refused.'),
  'planted-cookie': critical(
    'malicious_extraneous',
    'A request with a cookie that may have been planted was refused.',
  ),
  'direct-reference': critical('malicious_direct_reference', "Somebody asked for what is another user's."),
  forbidden: critical('authz_fail', 'Somebody asked for what they may not do.'),
}
const otherRefusal = warn('authz_fail', 'A request was refused.')

const noticed = 'Something odd was noticed.'
const openings: Readonly<Record<string, EventDescription>> = {
  info: info(null, noticed),
  low: info(null, noticed),
  critical: critical(null, noticed),
}
const otherOpening = warn(null, noticed)

const cutOffs: Readonly<Record<string, EventDescription>> = {
  everybody: warn(
    'authn_token_revoked',
    'Every session that was created until then was ended, whoever had it.',
  ),
  device: warn('authn_token_revoked', 'All sessions of a device that were created until then were ended.'),
}
const disabling = warn('authn_login_lock', 'A user was disabled, and all their sessions were ended.')
const otherCutOff = warn(
  'authn_token_revoked',
  'All sessions of a user that were created until then were ended.',
)

type Plain = Exclude<
  SessionEventType,
  'session.ended' | 'request.refused' | 'session.renewed' | 'cut-off.set' | 'alert.opened'
>

const plain: Readonly<Record<Plain, EventDescription>> = {
  'session.created': info('session_created', 'A session began.'),
  'session.network-changed': warn(null, 'A session was used from another network than it was created in.'),
  'session.client-changed': warn(null, 'A session was used by another client than it was created with.'),
  'session.challenged': warn(null, 'The user of a session was asked to prove anew who they are.'),
  'verifications.counted': info(
    null,
    'A process said how many tokens it was shown, and what they were worth.',
  ),
  'device.added': info('user_updated', 'A user signed in on a new device.'),
  'device.changed': info('user_updated', 'What is known of a device, or thought of it, has changed.'),
  'device.forgotten': info('user_updated', 'A device was forgotten.'),
  'cut-off.lifted': warn('user_updated', 'A user who was disabled may sign in again.'),
  'user.forgotten': warn('user_deleted', 'Everything about a user was erased.'),
  'sign-in.succeeded': info('authn_login_success', 'Somebody signed in to the program.'),
  'sign-in.failed': warn('authn_login_fail', 'A sign-in to the program failed.'),
  'sign-in.throttled': warn('authn_login_fail_max', 'Sign-ins failed too often and are refused for a while.'),
  'rate-limit.exceeded': warn('excess_rate_limit_exceeded', 'One source asked too often.'),
  'account.created': warn('user_created', 'An account of the program was made.'),
  'account.password-changed': info(
    'authn_password_change',
    'The password of an account of the program was changed.',
  ),
  'account.password-change-failed': critical(
    'authn_password_change_fail',
    'Somebody who was signed in tried to change the password, and did not know the one that there is.',
  ),
  'api-key.created': info('authn_token_created', 'An API key was made.'),
  'api-key.revoked': warn('authn_token_revoked', 'An API key was revoked.'),
  'policy.changed': warn(
    null,
    'The program started with another policy than the last one on record, or with its first.',
  ),
  'alert.changed': info(null, 'Somebody looked after an alert.'),
  'alert.answered': warn(null, 'A user said whether something odd was them.'),
  'mute.added': warn(null, 'Alerts of some kind are not to be made any more.'),
  'mute.removed': info(null, 'Alerts of some kind are to be made again.'),
  'detector.set': warn(null, 'What a detector does was changed.'),
  'bulk-ending.started': warn('authn_token_revoked', 'Every session of a filter is being ended.'),
  'bulk-ending.finished': info(null, 'An ending of sessions by a filter has come to its end.'),
  'audit.forgotten': info(null, 'Retention took the oldest entries of the audit log.'),
  'event.erased': info(null, 'An entry about a user who was erased; nothing is left of it but its digest.'),
}
