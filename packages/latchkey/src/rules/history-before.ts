import { type Instant, instantOf } from '../foundation/time.ts'
import { type KnownThing, noHistory, type UserHistory } from '../model/user-history.ts'

/**
 * What a history still tells of the time before an instant that is long past. What it has forgotten since is left out: how many
 * sign-ins there were by then and at which hours, and which versions browsers had. A thing that was used since was last seen
 * before when it was first seen, at least.
 */
export function historyBefore(history: UserHistory, start: Instant): UserHistory {
  const { userId, since, recent, lastPlace } = history
  const nothing = noHistory(userId)
  if (since === null || since >= start) return nothing
  const known = (things: readonly KnownThing[]) => thingsBefore(things, start)
  const told = {
    devices: known(history.devices),
    countries: known(history.countries),
    networks: known(history.networks),
    hidden: known(history.hidden),
    clients: known(history.clients),
    recent: recent.filter(({ at }) => at < start),
  }
  const { devices, countries, networks, hidden, clients } = told
  const seen = [...devices, ...countries, ...networks, ...hidden, ...clients].map(({ lastAt }) => lastAt)
  const signedIn = told.recent.map(({ at }) => at)
  const newest = history.lastAt !== null && history.lastAt < start ? [history.lastAt] : []
  const lastAt = instantOf(Math.max(since, ...seen, ...signedIn, ...newest))
  const wasThere = lastPlace !== null && lastPlace.at < start
  return { ...nothing, ...told, since, lastAt, lastPlace: wasThere ? lastPlace : null }
}

function thingsBefore(things: readonly KnownThing[], start: Instant): readonly KnownThing[] {
  return things
    .filter(({ firstAt }) => firstAt < start)
    .map((thing) => (thing.lastAt < start ? thing : { ...thing, lastAt: thing.firstAt }))
    .sort((a, b) => b.lastAt - a.lastAt)
}
