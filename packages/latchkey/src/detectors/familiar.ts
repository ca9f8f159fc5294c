import { between, type Duration, days, type Instant } from '../foundation/time.ts'
import type { KnownThing, UserHistory } from '../model/user-history.ts'

/** What a user has had for less is not theirs yet: an intruder's device is known after its first sign-in. Longer: a new laptop stays strange. */
const settledAfter: Duration = days(1)

/** Fewer: most of what a new user does is new. More: those who stay signed in are not looked at for longer. */
const leastSignIns = 3
const leastDays = 2
/** Who has been there for so long is no newcomer, however rarely they sign in. Shorter: a second device is strange. Longer: sessions that last a month leave their user without. */
const knownAfter: Duration = days(14)

export function isKnown(things: readonly KnownThing[], key: string): boolean {
  return things.some((thing) => thing.key === key)
}

/** Known for some time, or its user said that it is theirs. */
export function isFamiliar(things: readonly KnownThing[], key: string, at: Instant): boolean {
  const thing = things.find((known) => known.key === key)
  return thing !== undefined && (thing.confirmed || between(thing.firstAt, at) >= settledAfter)
}

/** Its user said that this was them. */
export function isConfirmed(things: readonly KnownThing[], key: string | null): boolean {
  return things.some((thing) => thing.key === key && thing.confirmed)
}

/** Whether there is something to compare with. */
export function isLearned({ signIns, activeDays, since }: UserHistory, at: Instant): boolean {
  if (signIns >= leastSignIns && activeDays >= leastDays) return true
  return since !== null && between(since, at) >= knownAfter
}
