import type { CoherenceFault, Rule } from './coherence-checker.ts'
import { idOfToken, type OfKind, type Operation } from './coherence-history.ts'
import type { SessionStory } from './session-story.ts'
import { isSurelyDisabled, mayBeDisabled } from './what-may-end.ts'

type Stories = ReadonlyMap<string, SessionStory>
type Brings = OfKind<'create'> | OfKind<'sign-in'>

/** What a history says about one user. */
interface UserStory {
  readonly sessions: readonly SessionStory[]
  readonly creations: readonly Brings[]
  readonly disablings: readonly OfKind<'disable'>[]
  readonly enablings: readonly OfKind<'enable'>[]
  readonly cutOffs: readonly OfKind<'cut-off'>[]
  readonly limit: number
}

/** What is wrong with all that one user has: lists, counts, the limit, and sessions of who is disabled. */
export function faultsOfUsers(history: readonly Operation[], stories: Stories): CoherenceFault[] {
  const ofUser = Map.groupBy(stories.values(), ({ userId }) => userId)
  const callsOf = Map.groupBy(history, (call) => ('userId' in call ? call.userId : null))
  const everybodys = (callsOf.get(null) ?? []).filter((call) => call.kind === 'cut-off')
  return [...callsOf].flatMap(([userId, calls]) => {
    if (userId === null) return []
    const user = toUser(calls, ofUser.get(userId) ?? [], everybodys)
    return calls.flatMap((operation): CoherenceFault[] =>
      [...faultsOf(operation, user, stories)].map(([rule, id]) => ({ rule, id, operation })),
    )
  })
}

function toUser(
  calls: readonly Operation[],
  sessions: readonly SessionStory[],
  everybodys: readonly OfKind<'cut-off'>[],
): UserStory {
  // One session that came without a limit, and there may be more.
  const limits = calls.flatMap((call) =>
    call.kind === 'create' || call.kind === 'sign-in'
      ? [(call.kind === 'create' ? call.limit : null) ?? Number.POSITIVE_INFINITY]
      : [],
  )
  return {
    sessions,
    creations: calls.filter((call) => call.kind === 'create' || call.kind === 'sign-in'),
    disablings: calls.filter((call) => call.kind === 'disable'),
    enablings: calls.filter((call) => call.kind === 'enable'),
    cutOffs: [...everybodys, ...calls.filter((call) => call.kind === 'cut-off')],
    limit: limits.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...limits),
  }
}

type Found = Iterable<readonly [rule: Rule, id: string]>

function faultsOf(operation: Operation, user: UserStory, stories: Stories): Found {
  switch (operation.kind) {
    case 'create':
    case 'sign-in':
      return faultsOfCreation(operation, user)
    case 'list':
      return faultsOfListing(operation, user, stories)
    case 'count':
      return faultsOfCount(operation, user)
    default:
      return []
  }
}

function* faultsOfCreation(creation: Brings, user: UserStory): Found {
  const { disablings, enablings, sessions, limit } = user
  if (creation.isRefused && !mayBeDisabled(creation, disablings, enablings)) {
    yield ['refused without being disabled', creation.userId]
  }
  if (creation.token === null) return
  const id = idOfToken(creation.token)
  if (isSurelyDisabled(creation, disablings, enablings)) yield ['created while disabled', id]
  const { endedAt } = creation
  const live = sessions.filter(
    (one) => one.creation.endedAt <= endedAt && one.lastAcceptedAt > endedAt && !mayEndOtherwise(one),
  )
  if (live.length > limit) yield ['over the limit', id]
}

/** An ending that nobody has acknowledged yet makes room at once, and is heard of a little later. */
function mayEndOtherwise({ endings, lastAcceptedAt }: SessionStory): boolean {
  return endings.some(({ kind, startedAt }) => kind !== 'create' && startedAt < lastAcceptedAt)
}

function endOf({ acknowledgedAt, seenEndedAt }: SessionStory): number {
  return Math.min(acknowledgedAt, seenEndedAt)
}

function mustBeThere({ creation, firstAskedAt }: SessionStory, { startedAt, endedAt }: Operation): boolean {
  return creation.endedAt < startedAt && firstAskedAt > endedAt
}

function* faultsOfListing(listing: OfKind<'list'>, { sessions, limit }: UserStory, stories: Stories): Found {
  if (listing.ids === null) return
  const listed = new Set(listing.ids)
  for (const id of listed) {
    const story = stories.get(id)
    if (story === undefined) continue
    if (listing.startedAt > endOf(story)) yield ['lived again', id]
    if (story.userId !== listing.userId) yield ['mixed up', id]
  }
  for (const story of sessions) {
    if (mustBeThere(story, listing) && !listed.has(story.id)) yield ['gone', story.id]
  }
  if (listed.size > limit) yield ['over the limit', listing.userId]
}

/** Sessions that nobody was told of count, too, unless a cut-off came after their time. */
function* faultsOfCount(count: OfKind<'count'>, user: UserStory): Found {
  const { counted, startedAt, endedAt, userId } = count
  if (counted === null) return
  const least = user.sessions.filter((story) => mustBeThere(story, count)).length
  const mayBe = user.sessions.filter(
    (story) => story.creation.startedAt < endedAt && endOf(story) >= startedAt,
  )
  const unheard = user.creations.filter(
    (creation) =>
      creation.token === null &&
      !creation.isRefused &&
      creation.startedAt < endedAt &&
      !user.cutOffs.some(
        (one) => one.notBefore !== null && creation.endedAt < one.startedAt && one.endedAt < startedAt,
      ),
  )
  if (counted < least || counted > mayBe.length + unheard.length) yield ['miscounted', userId]
  if (counted > user.limit) yield ['over the limit', userId]
}
