import { idOfToken, type Operation } from './coherence-history.ts'
import { type SessionStory, storiesOf } from './session-story.ts'

export interface CoherenceFault {
  readonly rule:
    | 'accepted after its ending was acknowledged'
    | 'lived again'
    | 'gone'
    | 'ended without being asked'
    | 'never created'
    | 'old token accepted'
    | 'mixed up'
    | 'two on one device'
  readonly sessionId: string
  /** The call that shows it. */
  readonly operation: Operation
}

type Of<Kind extends Operation['kind']> = Operation & { readonly kind: Kind }
type Rule = CoherenceFault['rule']

/**
 * How long after one node has seen an end that nobody has acknowledged yet another one may still answer from its
 * cache, in milliseconds: 250 until the fence, a lease of 2,000, and as much again as timers may be late.
 * Shorter: what the protocol allows would be reported.
 */
export const settledAfter = 2_500

/** Everything in the history that cannot be where an ending is final and nothing acknowledged is lost. */
export function faultsOfCoherence(history: readonly Operation[]): CoherenceFault[] {
  const stories = storiesOf(history)
  const groups: Groups = {
    ofUser: Map.groupBy(stories.values(), ({ userId }) => userId),
    onDevice: Map.groupBy(stories.values(), ({ deviceId }) => deviceId),
  }
  return history.flatMap((operation) => {
    const faults = [...faultsOf(operation, stories, groups)]
    return faults.map(({ rule, sessionId }) => ({ rule, sessionId, operation }))
  })
}

interface Groups {
  readonly ofUser: ReadonlyMap<string, readonly SessionStory[]>
  readonly onDevice: ReadonlyMap<string | null, readonly SessionStory[]>
}

type Found = Iterable<Pick<CoherenceFault, 'rule' | 'sessionId'>>

function faultsOf(
  operation: Operation,
  stories: ReadonlyMap<string, SessionStory>,
  { ofUser, onDevice }: Groups,
): Found {
  if (operation.kind === 'list') return faultsOfListing(operation, stories, ofUser)
  if (operation.kind === 'sign-in') return faultsOfSignIn(operation)
  if (operation.kind === 'create' || operation.kind === 'end-user' || operation.kind === 'end-device') {
    return []
  }
  const sessionId = operation.kind === 'verify' ? idOfToken(operation.token) : operation.id
  const story = stories.get(sessionId)
  const rule =
    faultOfOne(operation, story) ??
    (operation.kind === 'verify' && story ? faultBesideOthers(operation, story, onDevice) : null)
  return rule === null ? [] : [{ rule, sessionId }]
}

/** The device that was shown is not on record any more, though nobody has forgotten it. */
function faultsOfSignIn({ shown, kept, token }: Of<'sign-in'>): Found {
  if (shown === null || kept === null || token === null || idOfToken(shown) === idOfToken(kept)) return []
  return [{ rule: 'gone', sessionId: idOfToken(token) }]
}

/** Of two sign-ins on one device, once both are acknowledged, one has ended the other, even where they were at once. */
function faultBesideOthers(
  { answer, startedAt }: Of<'verify'>,
  { deviceId, creation }: SessionStory,
  onDevice: Groups['onDevice'],
): Rule | null {
  if (answer !== 'accepted' || deviceId === null) return null
  const isBoth = (onDevice.get(deviceId) ?? []).some((other) => {
    const acknowledgedAt = Math.max(other.creation.endedAt, creation.endedAt)
    return other.creation !== creation && Math.min(other.lastAcceptedAt, startedAt) > acknowledgedAt
  })
  return isBoth ? 'two on one device' : null
}

function faultOfOne(
  operation: Of<'verify'> | Of<'end'> | Of<'renew'>,
  story: SessionStory | undefined,
): Rule | null {
  if (operation.kind === 'verify') return faultOfVerify(operation, story)
  if (story === undefined) return null
  return operation.kind === 'end' ? faultOfEnding(operation, story) : faultOfRenewal(operation, story)
}

function faultOfVerify(verify: Of<'verify'>, story: SessionStory | undefined): Rule | null {
  const handedOut = story?.tokens.get(verify.token)
  if (story === undefined || handedOut === undefined) {
    return verify.answer === 'accepted' ? 'never created' : null
  }
  if (verify.answer === 'accepted') return faultOfAcceptance(verify, story, handedOut)
  if (verify.answer === 'revoked') {
    return story.firstAskedAt < verify.endedAt ? null : 'ended without being asked'
  }
  if (verify.answer === 'expired') return 'ended without being asked'
  if (verify.answer === 'unknown') return mayBeReplaced(verify, story, handedOut) ? null : 'gone'
  return null
}

function faultOfAcceptance(verify: Of<'verify'>, story: SessionStory, handedOut: Operation): Rule | null {
  const { startedAt } = verify
  if (verify.accepted !== `${story.id} ${story.userId}`) return 'mixed up'
  if (startedAt > story.acknowledgedAt) return 'accepted after its ending was acknowledged'
  if (startedAt > replacedAt(story, handedOut)) return 'old token accepted'
  if (startedAt > story.seenEndedAt + settledAfter) return 'lived again'
  const unknownAt = story.seenUnknownAt.get(verify.token) ?? Number.POSITIVE_INFINITY
  return startedAt > unknownAt + settledAfter ? 'lived again' : null
}

/** When a renewal was acknowledged that began after the token had been handed out. Of two at once nobody knows which came last. */
function replacedAt(story: SessionStory, handedOut: Operation): number {
  const later = story.renewals.filter(
    ({ outcome, startedAt }) => outcome === 'renewed' && startedAt > handedOut.endedAt,
  )
  return Math.min(...later.map(({ endedAt }) => endedAt))
}

/**
 * A renewal without an answer may have happened, but it replaces only what it had read: one that had failed
 * before the token was asked for has not replaced it since.
 */
function mayBeReplaced(verify: Of<'verify'>, story: SessionStory, handedOut: Operation): boolean {
  return story.renewals.some(
    (renewal) =>
      renewal !== handedOut && renewal.startedAt < verify.endedAt && renewal.endedAt > handedOut.startedAt,
  )
}

function faultOfEnding(ending: Of<'end'>, story: SessionStory): Rule | null {
  const others = story.endings.filter((other) => other !== ending)
  if (ending.outcome === 'nothing') {
    return others.some(({ startedAt }) => startedAt < ending.endedAt) ? null : 'gone'
  }
  if (ending.outcome !== 'ended') return null
  const wasEnded = ending.startedAt > story.acknowledgedAt
  return wasEnded || others.some((other) => other.kind === 'end' && other.outcome === 'ended')
    ? 'lived again'
    : null
}

function faultOfRenewal(renewal: Of<'renew'>, story: SessionStory): Rule | null {
  if (renewal.outcome === 'not-live') return story.firstAskedAt < renewal.endedAt ? null : 'gone'
  if (renewal.outcome !== 'renewed') return null
  // What is renewed is read from the database, so that no lease excuses it.
  return renewal.startedAt > Math.min(story.acknowledgedAt, story.seenEndedAt) ? 'lived again' : null
}

function* faultsOfListing(
  listing: Of<'list'>,
  stories: ReadonlyMap<string, SessionStory>,
  ofUser: ReadonlyMap<string, readonly SessionStory[]>,
): Found {
  if (listing.ids === null) return
  const listed = new Set(listing.ids)
  for (const sessionId of listed) {
    const story = stories.get(sessionId)
    const endedAt = Math.min(
      story?.acknowledgedAt ?? Number.POSITIVE_INFINITY,
      story?.seenEndedAt ?? Number.POSITIVE_INFINITY,
    )
    if (listing.startedAt > endedAt) yield { rule: 'lived again', sessionId }
    if (story !== undefined && story.userId !== listing.userId) yield { rule: 'mixed up', sessionId }
  }
  for (const { id: sessionId, creation, firstAskedAt } of ofUser.get(listing.userId) ?? []) {
    const mustBeThere = creation.endedAt < listing.startedAt && firstAskedAt > listing.endedAt
    if (mustBeThere && !listed.has(sessionId)) yield { rule: 'gone', sessionId }
  }
}
