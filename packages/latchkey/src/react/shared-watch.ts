import type { SessionService } from '../client/session-service.ts'
import type { SessionsWatch } from '../client/sessions-watch.ts'

const watches = new WeakMap<SessionService, SessionsWatch>()

/** The one list of a service, made when it is first asked for; it rests while nobody is subscribed. */
export function sharedWatch(source: SessionService | SessionsWatch): SessionsWatch {
  if (!('watchSessions' in source)) return source
  const known = watches.get(source)
  if (known) return known
  const watch = source.watchSessions()
  watches.set(source, watch)
  return watch
}
