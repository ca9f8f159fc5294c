import { isDeviceId, shardOfDevice } from '../model/device.ts'
import type { Session } from '../model/session.ts'
import type { CreatedSession, NewSession, SignedInDevice } from '../operations/create-session.ts'
import type { Sessions } from '../operations/sessions.ts'
import type { DeviceCookie } from './device-cookie.ts'

/** One browser has one session: the one before does not stay behind as a row that nobody can reach. */
export async function succeed(
  sessions: Sessions,
  previous: Session | null,
  newSession: NewSession,
): Promise<CreatedSession> {
  if (previous === null) return sessions.createSession(newSession)
  if (previous.userId === newSession.userId) {
    return sessions.createSession({ replaces: previous.id, ...newSession })
  }
  const created = await sessions.createSession(newSession)
  await signOut(sessions, previous, newSession.request)
  return created
}

export function signOut(sessions: Sessions, session: Session, request: string | undefined): Promise<boolean> {
  const ending = { reason: 'logout', by: `user:${session.userId}` } as const
  return sessions.invalidateSession(session.id, request === undefined ? ending : { ...ending, request })
}

/**
 * The cookie without the tokens of devices that this user had here and has forgotten since. Only the user's own are
 * asked for, and such as share the user's shard, one in 1,024: a sign-in on a known device asks for nothing.
 */
export async function withoutForgotten(
  sessions: Sessions,
  cookie: DeviceCookie,
  { id, isNew }: SignedInDevice,
): Promise<DeviceCookie> {
  if (!isNew) return cookie
  const isKept = await Promise.all(
    cookie.tokens.map(async (token) => {
      const [other] = token.split('.')
      if (!isDeviceId(other) || shardOfDevice(other) !== shardOfDevice(id)) return true
      // The session is there: that nobody can tell is no reason to say that it is not.
      return sessions.getDevice(other).then(
        (device) => device !== null,
        () => true,
      )
    }),
  )
  return { ...cookie, tokens: cookie.tokens.filter((_, index) => isKept[index]) }
}
