import type { AuditEntry } from 'latchkey/client'

/** How an entry is told to the user whom it is about. */
export interface ActivityWords {
  readonly title: string
  /** What to do about it; null where that is nothing. */
  readonly advice: string | null
  readonly look: 'plain' | 'attention' | 'alarm'
}

/** Words in an advice that lead to where that is done. */
export const passwordAdvice = 'change your password'

const notYou = `If that was not you, end the sessions that you do not recognise and ${passwordAdvice}.`

const ended: Readonly<Record<string, string>> = {
  logout: 'Signed out',
  expired: 'A session reached its time limit',
  'idle-timeout': 'A session ended because nobody used it',
  revoked: 'A session was ended',
  replaced: 'A newer sign-in took the place of a session',
  'session-limit': 'A session ended because of a sign-in beyond the number that is allowed',
  'network-change': 'A session ended because it was used from another network',
  'token-reuse': 'Somebody else may have had a copy of your sign-in',
}

const renewed: Readonly<Record<string, string>> = {
  reauthentication: 'You confirmed that it is you',
  'privilege-change': 'What you may do has changed',
  rotation: 'A session got a new token',
}

const plain: Readonly<Record<string, string>> = {
  'session.created': 'Signed in',
  'device.added': 'A new device signed in',
  'device.changed': 'A device was renamed, or its trust changed',
  'device.forgotten': 'A device was forgotten',
  'cut-off.lifted': 'Your account was enabled',
  'sign-in.succeeded': 'The password was accepted',
  'account.created': 'Your account was created',
  'account.password-changed': 'Your password was changed',
}

const attention: Readonly<Record<string, string>> = {
  'session.network-changed': 'A session was used from another network',
  'sign-in.failed': 'Somebody tried to sign in with a wrong password',
  'account.password-change-failed': 'Somebody tried to change your password without knowing it',
  'sign-in.throttled': 'Sign-ins were held up after too many attempts',
}

/** What happened, in plain words. What there are none for is told as the server tells it. */
export function activityWords(entry: AuditEntry): ActivityWords {
  const { type, reason, after } = entry
  if (type === 'session.ended') return endedWords(reason ?? '', entry.description)
  if (type === 'session.created' && after?.['cause'] === 'factor') return calm('A second factor was given')
  if (type === 'session.renewed') return calm(renewed[String(after?.['cause'])] ?? entry.description)
  if (type === 'cut-off.set') return calm(cutOffTitle(after))
  const title = attention[type]
  if (title !== undefined) return { title, advice: notYou, look: 'attention' }
  return calm(plain[type] ?? entry.description)
}

function endedWords(reason: string, description: string): ActivityWords {
  const title = ended[reason] ?? description
  if (reason === 'network-change') return { title, advice: notYou, look: 'attention' }
  if (reason !== 'token-reuse') return calm(title)
  return {
    title,
    advice: `A token came back that had been replaced by a newer one, so the session was ended at once. Forget the device that it was on if you do not know it, end every session that you do not recognise, and ${passwordAdvice}.`,
    look: 'alarm',
  }
}

function cutOffTitle(after: AuditEntry['after']): string {
  if (after?.['scope'] === 'device') return 'All sessions on a device were ended'
  return 'All your sessions were ended'
}

function calm(title: string): ActivityWords {
  return { title, advice: null, look: 'plain' }
}

const actors: Readonly<Record<string, string>> = {
  admin: 'by an administrator',
  service: 'by an application',
  'command-line': 'from the command line',
}

/** Through whom, where that was neither the user nor the program by itself. */
export function throughWhom(actor: string): string | null {
  return actors[actor.split(':')[0] ?? ''] ?? null
}
