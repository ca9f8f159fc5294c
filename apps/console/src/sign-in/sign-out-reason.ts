import type { EndReasonOnWire } from 'latchkey/client'

/** Why one stands at the sign-in page: why the session ended, or `everywhere` where its user ended them all; `unknown` where the server only said no. */
export type SignOutReason = EndReasonOnWire | 'everywhere' | 'unknown'

const texts: Record<SignOutReason, string> = {
  logout: 'You are signed out.',
  everywhere: 'All your sessions have ended, this one included.',
  revoked:
    'This session was ended from another device or by an administrator. If you did not expect that, look through your sessions after signing in.',
  expired: 'Your session reached its time limit. Sign in to go on.',
  'idle-timeout': 'You were signed out because this session had not been used for a while.',
  replaced: 'This session was replaced by a newer sign-in in this browser.',
  'session-limit':
    'This session ended because you have signed in on more devices than are allowed at a time. Sign in to go on here.',
  'token-reuse':
    'Somebody else may have had a copy of your sign-in, so this session was ended. Sign in again, end every session that you do not recognise, and change your password.',
  'network-change':
    'This session was ended because it was used from another network than it began in. Sign in to go on.',
  unknown: 'Your session has ended. Sign in to go on.',
}

export function isSignOutReason(text: unknown): text is SignOutReason {
  return typeof text === 'string' && Object.hasOwn(texts, text)
}

export function signOutReasonText(reason: SignOutReason): string {
  return texts[reason]
}

/** Whether the user meant to leave; there is then no place to come back to. */
export function isDeliberate(reason: SignOutReason): boolean {
  return reason === 'logout' || reason === 'everywhere'
}
