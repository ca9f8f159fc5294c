import type { Instant } from '../foundation/time.ts'
import type { Alert } from '../model/alert.ts'
import type { DeviceId } from '../model/device.ts'
import { type DeviceInfo, unknownDevice } from '../model/device-info.ts'
import { countryOf, hidingKindOf, networkKeyOf } from '../model/located-place.ts'
import type { Place } from '../model/place.ts'
import { placeInEvidence } from '../model/place-in-evidence.ts'
import type { SessionRecord } from '../model/session.ts'
import { clientKeyOf } from '../model/sighting.ts'
import type { KnownThing, UserHistory } from '../model/user-history.ts'
import { mostKnown } from './user-history.ts'

/** What of a session its user speaks of when they say that it was them, or not. */
export interface AnsweredSession {
  readonly createdAt: Instant
  readonly deviceId: DeviceId | null
  readonly place: Place | null
  readonly deviceInfo: Pick<DeviceInfo, 'browser' | 'os'>
}

/**
 * What an answer to the alert says of that session. Of one that was used elsewhere later it is about that place, and not about the one
 * where it began; device and browser are those of the sign-in, as nobody else's are known.
 */
export function answeredSessions(
  { sessionId, firstAt, evidence }: Pick<Alert, 'sessionId' | 'firstAt' | 'evidence'>,
  session: AnsweredSession & Pick<SessionRecord, 'id'>,
): readonly AnsweredSession[] {
  const place = sessionId === session.id ? placeInEvidence(evidence) : null
  if (place === null) return [session]
  const began = session.createdAt < firstAt ? { ...session, place: null } : session
  return [began, { createdAt: firstAt, deviceId: null, place, deviceInfo: unknownDevice }]
}

/** Its device, browser, country and network are the user's own from now on. */
export function confirmedHistory(history: UserHistory, session: AnsweredSession): UserHistory {
  const { createdAt, deviceId, place, deviceInfo } = session
  return {
    ...history,
    devices: confirmed(history.devices, deviceId, createdAt),
    countries: confirmed(history.countries, countryOf(place), createdAt),
    networks: confirmed(history.networks, networkKeyOf(place), createdAt),
    hidden: confirmed(history.hidden, hidingKindOf(place), createdAt),
    clients: confirmed(history.clients, clientKeyOf(deviceInfo), createdAt),
  }
}

/** What came with it is not known of the user any more; what was known before it, or was confirmed, stays. */
export function disownedHistory(history: UserHistory, session: AnsweredSession): UserHistory {
  const { createdAt, deviceId, place, deviceInfo } = session
  const isThere = history.lastPlace !== null && history.lastPlace.at >= createdAt
  const isOfIt = isThere && history.lastPlace?.place.country === place?.country
  return {
    ...history,
    devices: disowned(history.devices, deviceId, createdAt),
    countries: disowned(history.countries, countryOf(place), createdAt),
    networks: disowned(history.networks, networkKeyOf(place), createdAt),
    hidden: disowned(history.hidden, hidingKindOf(place), createdAt),
    clients: disowned(history.clients, clientKeyOf(deviceInfo), createdAt),
    // Otherwise their next sign-in at home would be a journey from where they never were.
    lastPlace: isOfIt ? null : history.lastPlace,
  }
}

function confirmed(known: readonly KnownThing[], key: string | null, at: Instant): readonly KnownThing[] {
  if (key === null) return known
  if (known.some((thing) => thing.key === key)) {
    return known.map((thing) => (thing.key === key ? { ...thing, confirmed: true } : thing))
  }
  const added = [...known, { key, firstAt: at, lastAt: at, times: 1, confirmed: true }]
  return added.sort((a, b) => b.lastAt - a.lastAt).slice(0, mostKnown)
}

function disowned(known: readonly KnownThing[], key: string | null, since: Instant): readonly KnownThing[] {
  return known.filter((thing) => thing.key !== key || thing.confirmed || thing.firstAt < since)
}
