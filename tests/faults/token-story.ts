import type { OfKind, Operation } from './coherence-history.ts'

/** How long a token is accepted after it was replaced, and after the first use of the one that replaced it; in milliseconds. */
export const overlap = 30_000
const underwayGrace = 5_000
/** Nodes reckon with a wall clock in whole milliseconds, which may be moved a little meanwhile. */
const clockError = 50
/** After that many replacements a token is recognised no more. */
const mostRecognised = 32

/** One change of the token of a session. All calls that rotate one token make the same. */
export interface Replacement {
  /** The token that it replaces. Null: whichever there was, by a renewal. */
  readonly of: string | null
  /** Null: nobody was given it. */
  readonly token: string | null
  /** It has not happened before this instant. */
  readonly startedAt: number
  /** It has happened by this instant; infinity: nobody knows whether it has. */
  readonly acknowledgedAt: number
  /** From this instant on it cannot happen to a token that is asked for only then. */
  readonly overBy: number
}

/** What a history says about one token of a session. */
export interface TokenStory {
  readonly token: string
  /** Null: the session was created with it. */
  readonly broughtBy: Replacement | null
  readonly bornAfter: number
  readonly bornBy: number
  /** Before this instant no verify had asked with it. */
  readonly firstShownAt: number
  /** By this instant its first use was on record. */
  readonly usedAt: number
  /** What may have replaced it, or one that came after it. */
  readonly followers: readonly Replacement[]
}

export type TokenChange = OfKind<'renew'> | OfKind<'rotate'>

/** Of what may have changed the token: what was refused has not. */
export function replacementsOf(changes: readonly TokenChange[]): Replacement[] {
  const counted = changes.filter(({ outcome }) => outcome !== 'not-live' && outcome !== 'nothing')
  const grouped = Map.groupBy(counted, (change) => (change.kind === 'rotate' ? change.shown : change))
  return [...grouped.values()].map(toReplacement)
}

function toReplacement(calls: readonly TokenChange[]): Replacement {
  const [call] = calls
  const done = calls.filter(({ token }) => token !== null).sort((a, b) => a.endedAt - b.endedAt)
  const acknowledgedAt = done[0]?.endedAt ?? Number.POSITIVE_INFINITY
  return {
    of: call?.kind === 'rotate' ? call.shown : null,
    token: done[0]?.token ?? null,
    startedAt: Math.min(...calls.map(({ startedAt }) => startedAt)),
    acknowledgedAt,
    overBy: Math.min(acknowledgedAt, Math.max(...calls.map(({ endedAt }) => endedAt))),
  }
}

export function tokenStories(
  creation: Operation,
  created: string,
  replacements: readonly Replacement[],
  verifies: readonly OfKind<'verify'>[],
): Map<string, TokenStory> {
  const shown = Map.groupBy(verifies, ({ token }) => token)
  const told = (token: string, broughtBy: Replacement | null): TokenStory => {
    const bornAfter = broughtBy?.startedAt ?? creation.startedAt
    const bornBy = broughtBy?.acknowledgedAt ?? creation.endedAt
    const followers = replacements.filter((other) => other !== broughtBy && other.overBy > bornAfter)
    return { token, broughtBy, bornAfter, bornBy, followers, ...usesIn(shown.get(token) ?? []) }
  }
  const stories = new Map([[created, told(created, null)]])
  for (const replacement of replacements) {
    const { token } = replacement
    if (token !== null) stories.set(token, told(token, replacement))
  }
  return stories
}

/** What a cache accepts, or a node that could write it down, is on record as used. */
function usesIn(verifies: readonly OfKind<'verify'>[]): Pick<TokenStory, 'firstShownAt' | 'usedAt'> {
  const accepted = verifies.filter(
    ({ answer, isCached, isNoted }) => answer === 'accepted' && (isCached || isNoted),
  )
  return {
    firstShownAt: Math.min(...verifies.map(({ startedAt }) => startedAt)),
    usedAt: Math.min(...accepted.map(({ endedAt }) => endedAt)),
  }
}

type Tokens = ReadonlyMap<string, TokenStory>

/** Those that have replaced it for sure, the earliest first. */
export function sureFollowers({ token, bornBy, followers }: TokenStory): Replacement[] {
  return followers
    .filter(({ of, startedAt, token: next }) => next !== null && (of === token || startedAt > bornBy))
    .sort((a, b) => a.acknowledgedAt - b.acknowledgedAt)
}

/** From this instant on nobody may accept it. */
export function outlivedAt(story: TokenStory, tokens: Tokens): number {
  const sure = sureFollowers(story)
  const [first, second] = sure
  if (first === undefined) return Number.POSITIVE_INFINITY
  const uses = sure.map(({ token }) => tokens.get(token ?? '')?.usedAt ?? Number.POSITIVE_INFINITY)
  return Math.min(
    first.acknowledgedAt + overlap + clockError,
    second?.acknowledgedAt ?? Number.POSITIVE_INFINITY,
    Math.min(...uses) + underwayGrace + clockError,
  )
}

/** Whether whoever showed it by that instant may be a thief: its overlap may have been over. */
export function mayBeTheft(story: TokenStory, tokens: Tokens, shownBy: number): boolean {
  const followers = story.followers.filter(({ startedAt }) => startedAt < shownBy)
  if (followers.length > 1) return true
  return followers.some(({ token, startedAt }) => {
    const firstShownAt = tokens.get(token ?? '')?.firstShownAt ?? Number.POSITIVE_INFINITY
    return shownBy > Math.min(startedAt + overlap, firstShownAt + underwayGrace) - clockError
  })
}

/** Whether a verify may say `unknown` of it: it is one from before the one before, and a renewal came just now. */
export function mayBeUnknown({ followers }: TokenStory, { startedAt, endedAt }: Operation): boolean {
  const before = followers.filter((follower) => follower.startedAt < endedAt)
  if (before.length < 2) return false
  if (before.length >= mostRecognised) return true
  return before.some(
    (renewal) =>
      renewal.of === null &&
      startedAt < renewal.overBy + overlap + clockError &&
      !before.some((later) => later.startedAt > renewal.overBy && later.acknowledgedAt < startedAt),
  )
}

/** Whether its successor may be out of reach for whoever rotates it by that instant. */
export function mayBeNotOwed(story: TokenStory, tokens: Tokens, by: number): boolean {
  return story.followers.some(({ of, token, startedAt }) => {
    if (startedAt >= by) return false
    const firstShownAt = tokens.get(token ?? '')?.firstShownAt ?? Number.POSITIVE_INFINITY
    return of !== story.token || firstShownAt < by || startedAt + overlap - clockError < by
  })
}

/** From this instant on nobody may get its successor. */
export function notOwedFrom(story: TokenStory, tokens: Tokens): number {
  return Math.min(
    ...sureFollowers(story).map(({ of, token, acknowledgedAt }) => {
      if (of !== story.token) return acknowledgedAt
      const usedAt = tokens.get(token ?? '')?.usedAt ?? Number.POSITIVE_INFINITY
      return Math.min(usedAt, acknowledgedAt + overlap + clockError)
    }),
  )
}
