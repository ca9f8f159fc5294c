import { systemClock } from '../foundation/time.ts'
import { systemTimers } from '../foundation/timers.ts'
import type { Sessions } from '../operations/sessions.ts'
import type { SignedIn } from './guard-outcome.ts'
import { type GuardedConnection, GuardedConnections, type WatchOptions } from './guarded-connections.ts'

/** With which a socket is closed whose session is over: sign in again. */
export const sessionEndedCode = 4001

/** With which a socket is closed whose session has a new token since its user proved something anew: connect again. */
export const sessionRenewedCode = 4002

/** What is needed of a WebSocket; those of `ws` are such. */
export interface ClosableSocket {
  close(code: number, reason: string): void
  addEventListener(type: 'close', listener: () => void): void
}

const closings = {
  over: [sessionEndedCode, 'The session is over.'],
  renewed: [sessionRenewedCode, 'The session has a new token.'],
  // Of the registry of RFC 6455: try again later.
  unclear: [1013, 'Nobody can tell whether the session is over.'],
} as const

const watched = new WeakMap<Sessions, GuardedConnections>()

/**
 * Closes the socket within a second of the end of its session, by whatever cause and on whatever node: somebody ended
 * it, a cut-off, a deadline, a user who was disabled or erased (4001); and where a proof of identity brought the session
 * a new token (4002). A rotation closes nothing. 1013: the storage is away, try again later. Messages do not count as
 * uses of the session. Returns what ends the watch; closing the socket does, too.
 */
export function guardSocket(
  sessions: Sessions,
  { session }: Pick<SignedIn, 'session'>,
  socket: ClosableSocket,
  options: WatchOptions = { clock: systemClock, timers: systemTimers },
): () => void {
  const connections = watched.get(sessions) ?? new GuardedConnections(sessions)
  watched.set(sessions, connections)
  const connection: GuardedConnection = {
    session,
    end(cause) {
      const [code, reason] = closings[cause]
      socket.close(code, reason)
    },
  }
  const stop = connections.watch(connection, options)
  socket.addEventListener('close', stop)
  return stop
}
