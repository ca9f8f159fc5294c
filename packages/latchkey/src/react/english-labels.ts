import { deviceName } from '../client/device-name.ts'
import { englishDeviceWords } from '../client/device-words.ts'
import type { SessionServiceError } from '../client/session-service-error.ts'
import type { EndReasonOnWire } from '../http-api/wire-types.ts'
import type { SessionLabels } from './session-labels.ts'

const signedOutReasons: Readonly<Record<EndReasonOnWire, string>> = {
  logout: 'You have signed out.',
  expired: 'Your session has expired. Sign in again to go on.',
  'idle-timeout': 'You were signed out because this session was not used for a long time.',
  revoked: 'This session was ended from another device.',
  replaced: 'This session was replaced by a newer one.',
  'session-limit': 'This session ended because you have signed in on more devices than is allowed at a time.',
  'token-reuse':
    'Somebody else may have had a copy of your sign-in, so this session was ended. Sign in again, end what you do not recognise, and change your password.',
  'network-change': 'This session was ended because it was used from another network than it began in.',
}

const { kinds } = englishDeviceWords

function sessions(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`
}

function endFailed(error: SessionServiceError): string {
  if (error.kind === 'network') return 'The server could not be reached. Nothing was changed; try again.'
  if (error.kind === 'reauthentication-required') {
    return 'Nothing was changed: this needs a recent sign-in. Confirm that it is you, and try again.'
  }
  return `That did not work: ${error.message}`
}

/** The texts that are used where the application gives none. */
export const englishLabels: SessionLabels = {
  heading: 'Active sessions',
  count: (total) => (total === 1 ? '1 active session' : `${total} active sessions`),
  loading: 'Loading your sessions…',
  empty: 'There are no active sessions.',
  loadFailed: (error) =>
    error.kind === 'factor-required'
      ? 'Your sign-in is not complete: it waits for a second factor.'
      : 'Your sessions could not be loaded. What you see may be out of date.',
  retry: 'Try again',
  signedOut: (reason) => (reason ? signedOutReasons[reason] : 'You are signed out.'),
  thisDevice: 'This device',
  pending: 'Waits for a second factor',
  deviceName: ({ device_info }, ownName) => deviceName(device_info, ownName),
  deviceType: (type) => kinds[type] ?? kinds.unknown,
  device: 'Device',
  place: 'Place',
  unknownPlace: 'Unknown',
  lastActive: 'Last active',
  activeNow: 'Active now',
  justNow: 'just now',
  signedIn: 'Signed in',
  expires: 'Expires',
  expiresUnused: 'Expires if unused',
  end: 'Sign out',
  endOthers: 'Sign out all other sessions',
  endAll: 'Sign out everywhere',
  confirmOne: (name) => ({
    title: `Sign out ${name}?`,
    text: 'That device is signed out at once and has to sign in again.',
    confirm: 'Sign out',
  }),
  confirmThis: () => ({
    title: 'Sign out this device?',
    text: 'You are signed out here at once and have to sign in again. Your other sessions go on.',
    confirm: 'Sign out',
  }),
  confirmOthers: (others) => ({
    title: 'Sign out all other sessions?',
    text: `${sessions(others)} on other devices will be signed out at once. You stay signed in here.`,
    confirm: 'Sign out the others',
  }),
  confirmAll: (total) => ({
    title: 'Sign out everywhere?',
    text: `${sessions(total)} will be signed out at once, this one included. You have to sign in again.`,
    confirm: 'Sign out everywhere',
  }),
  cancel: 'Cancel',
  working: 'Signing out…',
  endFailed,
  appeared: (name) => `New session: ${name}.`,
  disappeared: (name) => `Session ended: ${name}.`,
}
