import type { DevicesWatch } from '../client/devices-watch.ts'
import type { SessionService } from '../client/session-service.ts'
import type { SessionsWatch } from '../client/sessions-watch.ts'

const sessionsWatches = new WeakMap<SessionService, SessionsWatch>()
const devicesWatches = new WeakMap<SessionService, DevicesWatch>()

/** The one list of a service, made when it is first asked for; it rests while nobody is subscribed. */
export function sharedWatch(source: SessionService | SessionsWatch): SessionsWatch {
  if (!('watchSessions' in source)) return source
  return oneOf(sessionsWatches, source, () => source.watchSessions())
}

/** As `sharedWatch`, of devices. */
export function sharedDevicesWatch(source: SessionService | DevicesWatch): DevicesWatch {
  if (!('watchDevices' in source)) return source
  return oneOf(devicesWatches, source, () => source.watchDevices())
}

function oneOf<Watch>(
  watches: WeakMap<SessionService, Watch>,
  service: SessionService,
  make: () => Watch,
): Watch {
  const known = watches.get(service)
  if (known) return known
  const watch = make()
  watches.set(service, watch)
  return watch
}
