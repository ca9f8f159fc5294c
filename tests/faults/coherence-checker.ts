import { idOfToken, type OfKind, type Operation } from './coherence-history.ts'
import { faultsOfUsers } from './faults-of-users.ts'
import { type SessionStory, storiesOf } from './session-story.ts'
import {
  mayBeNotOwed,
  mayBeUnknown,
  notOwedFrom,
  outlivedAt,
  sureFollowers,
  type TokenStory,
} from './token-story.ts'

export interface CoherenceFault {
  readonly rule:
    | 'accepted after its ending was acknowledged'
    | 'lived again'
    | 'gone'
    | 'ended without being asked'
    | 'never created'
    | 'old token accepted'
    | 'old token in a cache'
    | 'old token rotated'
    | 'two successors'
    | 'mixed up'
    | 'two on one device'
    | 'created while disabled'
    | 'refused without being disabled'
    | 'over the limit'
    | 'miscounted'
  /** Of the session, or of the user where there is none. */
  readonly id: string
  /** The call that shows it. */
  readonly operation: Operation
}

export type Rule = CoherenceFault['rule']

/**
 * How long after one node has seen an end that nobody has acknowledged yet another one may still answer from its
 * cache, in milliseconds: 250 until the fence, a lease of 2,000, and as much again as timers may be late.
 * Shorter: what the protocol allows would be reported.
 */
export const settledAfter = 2_500

/** Everything in the history that cannot be where an ending is final and nothing acknowledged is lost. */
export function faultsOfCoherence(history: readonly Operation[]): CoherenceFault[] {
  const stories = storiesOf(history)
  const onDevice = Map.groupBy(stories.values(), ({ deviceId }) => deviceId)
  const ofSessions = history.flatMap((operation): CoherenceFault[] => {
    const found = faultOf(operation, stories, onDevice)
    return found === null ? [] : [{ ...found, operation }]
  })
  return [...ofSessions, ...faultsOfUsers(history, stories)]
}

type OnDevice = ReadonlyMap<string | null, readonly SessionStory[]>

function faultOf(
  operation: Operation,
  stories: ReadonlyMap<string, SessionStory>,
  onDevice: OnDevice,
): Pick<CoherenceFault, 'rule' | 'id'> | null {
  if (operation.kind === 'sign-in') return faultOfSignIn(operation)
  const id = sessionOf(operation)
  if (id === null) return null
  const story = stories.get(id)
  const rule =
    faultOfOne(operation, story) ??
    (operation.kind === 'verify' && story ? faultBesideOthers(operation, story, onDevice) : null)
  return rule === null ? null : { rule, id }
}

function sessionOf(operation: Operation): string | null {
  if (operation.kind === 'verify') return idOfToken(operation.token)
  if (operation.kind === 'rotate') return idOfToken(operation.shown)
  return operation.kind === 'end' || operation.kind === 'renew' ? operation.id : null
}

/** The device that was shown is not on record any more, though nobody has forgotten it. */
function faultOfSignIn({
  shown,
  kept,
  token,
}: OfKind<'sign-in'>): Pick<CoherenceFault, 'rule' | 'id'> | null {
  if (shown === null || kept === null || token === null || idOfToken(shown) === idOfToken(kept)) return null
  return { rule: 'gone', id: idOfToken(token) }
}

/** Of two sign-ins on one device, once both are acknowledged, one has ended the other, even where they were at once. */
function faultBesideOthers(
  { answer, startedAt }: OfKind<'verify'>,
  { deviceId, creation }: SessionStory,
  onDevice: OnDevice,
): Rule | null {
  if (answer !== 'accepted' || deviceId === null) return null
  const isBoth = (onDevice.get(deviceId) ?? []).some((other) => {
    const acknowledgedAt = Math.max(other.creation.endedAt, creation.endedAt)
    return other.creation !== creation && Math.min(other.lastAcceptedAt, startedAt) > acknowledgedAt
  })
  return isBoth ? 'two on one device' : null
}

function faultOfOne(operation: Operation, story: SessionStory | undefined): Rule | null {
  if (operation.kind === 'verify') return faultOfVerify(operation, story)
  if (operation.kind === 'rotate') return faultOfRotation(operation, story)
  if (story === undefined) return null
  if (operation.kind === 'end') return faultOfEnding(operation, story)
  return operation.kind === 'renew' ? faultOfRenewal(operation, story) : null
}

function faultOfVerify(verify: OfKind<'verify'>, story: SessionStory | undefined): Rule | null {
  const token = story?.tokens.get(verify.token)
  if (story === undefined || token === undefined) {
    return verify.answer === 'accepted' ? 'never created' : null
  }
  switch (verify.answer) {
    case 'accepted':
      return faultOfAcceptance(verify, story, token)
    case 'revoked':
      return story.firstAskedAt < verify.endedAt ? null : 'ended without being asked'
    case 'expired':
      return 'ended without being asked'
    case 'pending':
      return 'mixed up'
    case 'unknown':
      return mayBeUnknown(token, verify) ? null : 'gone'
    default:
      return null
  }
}

function faultOfAcceptance(verify: OfKind<'verify'>, story: SessionStory, token: TokenStory): Rule | null {
  const { startedAt } = verify
  if (verify.accepted !== `${story.id} ${story.userId}`) return 'mixed up'
  if (startedAt > story.acknowledgedAt) return 'accepted after its ending was acknowledged'
  if (startedAt > outlivedAt(token, story.tokens)) return 'old token accepted'
  // What was replaced is left to the storage to judge, in every process.
  const replacedAt = sureFollowers(token)[0]?.acknowledgedAt ?? Number.POSITIVE_INFINITY
  if (verify.isCached && startedAt > replacedAt) return 'old token in a cache'
  if (startedAt > story.seenEndedAt + settledAfter) return 'lived again'
  const unknownAt = story.seenUnknownAt.get(verify.token) ?? Number.POSITIVE_INFINITY
  return startedAt > unknownAt + settledAfter ? 'lived again' : null
}

/** What is replaced is read from the database, so that no lease excuses it. */
function livedAgain({ startedAt }: Operation, { acknowledgedAt, seenEndedAt }: SessionStory): boolean {
  return startedAt > Math.min(acknowledgedAt, seenEndedAt)
}

function faultOfRotation(rotation: OfKind<'rotate'>, story: SessionStory | undefined): Rule | null {
  const shown = story?.tokens.get(rotation.shown)
  if (story === undefined || shown === undefined) {
    return rotation.outcome === 'rotated' ? 'never created' : null
  }
  const { outcome, startedAt, endedAt, token } = rotation
  if (outcome === 'nothing') {
    return story.firstAskedAt < endedAt || mayBeNotOwed(shown, story.tokens, endedAt) ? null : 'gone'
  }
  if (outcome === null || token === null) return null
  if (livedAgain(rotation, story)) return 'lived again'
  if (idOfToken(token) !== story.id) return 'mixed up'
  if (story.replacements.some((other) => other.of === rotation.shown && other.token !== token)) {
    return 'two successors'
  }
  return startedAt > notOwedFrom(shown, story.tokens) ? 'old token rotated' : null
}

function faultOfEnding(ending: OfKind<'end'>, story: SessionStory): Rule | null {
  const others = story.endings.filter((other) => other !== ending)
  if (ending.outcome === 'nothing') {
    return others.some(({ startedAt }) => startedAt < ending.endedAt) ? null : 'gone'
  }
  if (ending.outcome !== 'ended') return null
  const wasEnded = ending.startedAt > story.recordedAt
  return wasEnded || others.some((other) => other.kind === 'end' && other.outcome === 'ended')
    ? 'lived again'
    : null
}

function faultOfRenewal(renewal: OfKind<'renew'>, story: SessionStory): Rule | null {
  if (renewal.outcome === 'not-live') return story.firstAskedAt < renewal.endedAt ? null : 'gone'
  return renewal.outcome === 'renewed' && livedAgain(renewal, story) ? 'lived again' : null
}
