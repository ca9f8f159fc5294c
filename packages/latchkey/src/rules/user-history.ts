import { before, type Duration, days, type Instant, utcDate } from '../foundation/time.ts'
import { countryOf, countryOfUse, hidingKindOf, locatedPlace, networkKeyOf } from '../model/located-place.ts'
import type { Observation } from '../model/observation.ts'
import { clientKeyOf } from '../model/sighting.ts'
import type {
  DayOfSignIns,
  KnownThing,
  KnownVersion,
  RecentSignIn,
  UserHistory,
} from '../model/user-history.ts'

/** Of devices, countries, networks, clients and versions each: a history is read and written with each sign-in, and has at most about 15 kB. */
export const mostKnown = 50
const mostRecent = 64
/** How long a habit is looked back for. */
const habit: Duration = days(28)

/** What is known of a user once this has been observed of them. */
export function historyAfter(history: UserHistory, observation: Observation): UserHistory {
  switch (observation.kind) {
    case 'sign-in':
      return placed(known(signedIn(history, observation), observation), observation)
    case 'network-changed':
      return placed(seen(history, observation), observation)
    case 'client-changed':
      // Where that was is said by a change of the network, which has to be judged before it is learned.
      return known(history, observation)
    case 'token-reused':
    case 'source-limited':
      return history
  }
}

function signedIn(history: UserHistory, observation: Observation): UserHistory {
  const { at, sessionId, deviceId, sighting } = observation
  const client = sighting === null ? null : clientKeyOf(sighting.device)
  const today = utcDate(at)
  const isNewDay = !history.days.some(({ date }) => date === today)
  const signIn: readonly RecentSignIn[] = sessionId === null ? [] : [{ at, sessionId, deviceId }]
  return {
    ...history,
    since: history.since ?? at,
    signIns: history.signIns + 1,
    activeDays: history.activeDays + (isNewDay ? 1 : 0),
    devices: deviceId === null ? history.devices : withThing(history.devices, deviceId, at),
    clients: client === null ? history.clients : withThing(history.clients, client, at),
    hours: hoursWith(history, at),
    recent: [...history.recent, ...signIn].slice(-mostRecent),
    days: daysWith(history.days, at, today),
  }
}

function placed(history: UserHistory, { kind, at, sighting }: Observation): UserHistory {
  const place = sighting?.place ?? null
  const [network, hidden] = [networkKeyOf(place), hidingKindOf(place)]
  const country = kind === 'sign-in' ? countryOf(place) : countryOfUse(place)
  // Processes have clocks of their own: what comes late is no step back.
  const isNewest = history.lastPlace === null || at >= history.lastPlace.at
  const isLocated = place !== null && locatedPlace(place) !== null
  return {
    ...history,
    countries: country === null ? history.countries : withThing(history.countries, country, at),
    networks: network === null ? history.networks : withThing(history.networks, network, at),
    hidden: hidden === null ? history.hidden : withThing(history.hidden, hidden, at),
    lastPlace: isLocated && isNewest ? { at, place } : history.lastPlace,
  }
}

/** The device of a change of network is described as it was when the session began: it says nothing new. */
function seen(history: UserHistory, { at }: Observation): UserHistory {
  return { ...history, lastAt: later(history.lastAt, at) }
}

function known(history: UserHistory, observation: Observation): UserHistory {
  const { deviceId, sighting } = observation
  if (deviceId === null || sighting === null) return seen(history, observation)
  const { browser, browserVersion, osVersion } = sighting.device
  const version = { key: `${deviceId} ${browser}`, browserVersion, osVersion }
  return { ...seen(history, observation), versions: withVersion(history.versions, version) }
}

function withThing(things: readonly KnownThing[], key: string, at: Instant): readonly KnownThing[] {
  const earlier = things.find((thing) => thing.key === key)
  const thing =
    earlier === undefined
      ? { key, firstAt: at, lastAt: at, times: 1, confirmed: false }
      : { ...earlier, lastAt: later(earlier.lastAt, at), times: earlier.times + 1 }
  const others = things.filter((other) => other !== earlier)
  return [thing, ...others].sort((a, b) => b.lastAt - a.lastAt).slice(0, mostKnown)
}

/** Once an hour and day: who signs in every minute of one hour has one such hour. */
function hoursWith({ hours, recent }: UserHistory, at: Instant): readonly number[] {
  const isCounted = recent.some((signIn) => hourOf(signIn.at) === hourOf(at))
  if (isCounted) return hours
  const hour = new Date(at).getUTCHours()
  return hours.map((count, other) => (other === hour ? count + 1 : count))
}

function hourOf(at: Instant): number {
  return Math.floor(at / 3_600_000)
}

function daysWith(earlier: readonly DayOfSignIns[], at: Instant, date: string): readonly DayOfSignIns[] {
  const counted = earlier.find((day) => day.date === date)
  const today = { date, signIns: (counted?.signIns ?? 0) + 1 }
  const first = utcDate(before(at, habit))
  return [...earlier.filter((day) => day !== counted && day.date > first), today].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  )
}

function withVersion(versions: readonly KnownVersion[], version: KnownVersion): readonly KnownVersion[] {
  return [version, ...versions.filter(({ key }) => key !== version.key)].slice(0, mostKnown)
}

function later(a: Instant | null, b: Instant): Instant {
  return a === null || a < b ? b : a
}
