import {
  type Creation,
  deviceOf,
  idOfToken,
  type OfKind,
  type Operation,
  type SignIn,
} from './coherence-history.ts'
import {
  mayBeTheft,
  type Replacement,
  replacementsOf,
  type TokenChange,
  type TokenStory,
  tokenStories,
} from './token-story.ts'
import { reachOf } from './what-may-end.ts'

/** What a history says about one session that was created. */
export interface SessionStory {
  readonly id: string
  readonly userId: string
  readonly creation: Operation & (Creation | SignIn)
  /** Null: it is on none. */
  readonly deviceId: string | null
  readonly replacements: readonly Replacement[]
  readonly tokens: ReadonlyMap<string, TokenStory>
  /** Every call that may have ended it. */
  readonly endings: readonly Operation[]
  /** Before this instant nobody had asked for its end. */
  readonly firstAskedAt: number
  /** From this instant on it must be refused: an ending that was sure to reach it had been acknowledged. */
  readonly acknowledgedAt: number
  /** The same for endings that write it down. What a cut-off refuses may be ended later. */
  readonly recordedAt: number
  /** From this instant on a verify had told somebody that it has ended. */
  readonly seenEndedAt: number
  /** When the last verify began that accepted it. */
  readonly lastAcceptedAt: number
  /** When a token was first said to be unknown. */
  readonly seenUnknownAt: ReadonlyMap<string, number>
}

/** The sessions of a history by id. A creation without an answer has no id; nobody can ask about its session. */
export function storiesOf(history: readonly Operation[]): Map<string, SessionStory> {
  const found = new Map<string, Draft>()
  for (const operation of history) {
    const isCreation = operation.kind === 'create' || operation.kind === 'sign-in'
    if (isCreation && operation.token !== null) begin(found, operation, operation.token)
  }
  for (const operation of history) tell(found, operation)
  for (const story of found.values()) tellTokens(story)
  endMany(history, [...found.values()])
  for (const story of found.values()) endStolen(story)
  endOverLimit(history, [...found.values()])
  return found
}

interface Draft extends SessionStory {
  readonly changes: TokenChange[]
  readonly verifies: OfKind<'verify'>[]
  replacements: readonly Replacement[]
  tokens: ReadonlyMap<string, TokenStory>
  readonly endings: Operation[]
  firstAskedAt: number
  acknowledgedAt: number
  recordedAt: number
  seenEndedAt: number
  lastAcceptedAt: number
  readonly seenUnknownAt: Map<string, number>
}

function begin(
  found: Map<string, Draft>,
  creation: OfKind<'create'> | OfKind<'sign-in'>,
  token: string,
): void {
  const id = idOfToken(token)
  found.set(id, {
    id,
    userId: creation.userId,
    creation,
    deviceId: deviceOf(creation),
    changes: [],
    verifies: [],
    replacements: [],
    tokens: new Map(),
    endings: [],
    firstAskedAt: Number.POSITIVE_INFINITY,
    acknowledgedAt: Number.POSITIVE_INFINITY,
    recordedAt: Number.POSITIVE_INFINITY,
    seenEndedAt: Number.POSITIVE_INFINITY,
    lastAcceptedAt: Number.NEGATIVE_INFINITY,
    seenUnknownAt: new Map(),
  })
}

/** What a call says of the one session that it names. */
function tell(found: ReadonlyMap<string, Draft>, operation: Operation): void {
  switch (operation.kind) {
    case 'create':
      if (operation.replaces !== null && !operation.isRefused) {
        end(found.get(operation.replaces), operation, operation.token !== null)
      }
      break
    case 'end':
      end(found.get(operation.id), operation, operation.outcome !== null)
      break
    case 'renew':
    case 'rotate':
      change(found.get(operation.kind === 'renew' ? operation.id : idOfToken(operation.shown)), operation)
      break
    case 'verify':
      see(found.get(idOfToken(operation.token)), operation)
      break
  }
}

function tellTokens(story: Draft): void {
  story.replacements = replacementsOf(story.changes)
  const created = story.creation.token ?? ''
  story.tokens = tokenStories(story.creation, created, story.replacements, story.verifies)
}

/** What ends all there is of something. */
function endMany(history: readonly Operation[], stories: readonly Draft[]): void {
  const ofUser = Map.groupBy(stories, ({ userId }) => userId)
  const onDevice = Map.groupBy(stories, ({ deviceId }) => deviceId)
  const enablings = history.filter((operation) => operation.kind === 'enable')
  const enablingsOf = Map.groupBy(enablings, ({ userId }) => userId)
  const concerned = (operation: Operation): readonly Draft[] => {
    if (operation.kind === 'end-device' || operation.kind === 'sign-in') {
      return onDevice.get(deviceOf(operation)) ?? []
    }
    if (operation.kind === 'cut-off' && operation.userId === null) return stories
    return 'userId' in operation ? (ofUser.get(operation.userId ?? '') ?? []) : []
  }
  for (const operation of history) {
    if (operation.kind === 'list' || operation.kind === 'count' || operation.kind === 'create') continue
    for (const story of concerned(operation)) {
      const reach = reachOf(operation, story.creation, enablingsOf.get(story.userId) ?? [])
      if (reach !== 'no') end(story, operation, reach === 'surely')
    }
  }
}

/**
 * A token that was shown after its overlap may have ended the session. Where nothing else can have, and the answer
 * says that it has ended, it has, and the answer is an acknowledgement.
 */
function endStolen(story: Draft): void {
  if (story.replacements.length === 0) return
  const calls = [...story.verifies, ...story.changes].filter((call) => isTheft(story, call))
  for (const call of calls) end(story, call, false)
  for (const call of calls) {
    const isAlone = story.endings.every((other) => other === call || other.startedAt > call.endedAt)
    if (call.kind === 'verify' && call.answer === 'revoked' && isAlone) acknowledge(story, call)
  }
}

function isTheft({ tokens }: Draft, call: OfKind<'verify'> | TokenChange): boolean {
  if (call.kind === 'renew') return false
  const isAnswered =
    call.kind === 'verify'
      ? call.isCached || call.answer === 'accepted' || call.answer === 'unknown'
      : call.outcome === 'rotated'
  const shown = tokens.get(call.kind === 'verify' ? call.token : call.shown)
  return !isAnswered && shown !== undefined && mayBeTheft(shown, tokens, call.endedAt)
}

/** Which ones gave way to a session too many nobody is told; none did where there were few enough. */
function endOverLimit(history: readonly Operation[], stories: readonly Draft[]): void {
  const ofUser = Map.groupBy(stories, ({ userId }) => userId)
  const creations = history.filter((operation) => operation.kind === 'create' && operation.limit !== null)
  for (const creation of creations) {
    if (creation.kind !== 'create' || creation.limit === null || creation.isRefused) continue
    const endedAt = creation.token === null ? Number.POSITIVE_INFINITY : creation.endedAt
    const others = (ofUser.get(creation.userId) ?? []).filter(
      (story) => story.creation !== creation && story.creation.startedAt < endedAt,
    )
    const unheard = creations.filter(
      (other) =>
        other !== creation &&
        other.kind === 'create' &&
        other.userId === creation.userId &&
        other.token === null &&
        other.startedAt < endedAt,
    )
    const live = others.filter(
      (story) => Math.min(story.acknowledgedAt, story.seenEndedAt) >= creation.startedAt,
    )
    if (live.length + unheard.length < creation.limit) continue
    for (const story of live) end(story, creation, false)
  }
}

function end(story: Draft | undefined, operation: Operation, isSure: boolean): void {
  if (story === undefined) return
  story.endings.push(operation)
  story.firstAskedAt = Math.min(story.firstAskedAt, operation.startedAt)
  if (isSure) acknowledge(story, operation)
}

function acknowledge(story: Draft, { kind, endedAt }: Operation): void {
  story.acknowledgedAt = Math.min(story.acknowledgedAt, endedAt)
  if (kind !== 'cut-off' && kind !== 'disable') story.recordedAt = Math.min(story.recordedAt, endedAt)
}

function change(story: Draft | undefined, operation: TokenChange): void {
  if (story === undefined) return
  story.changes.push(operation)
  if (operation.outcome === 'not-live') story.seenEndedAt = Math.min(story.seenEndedAt, operation.endedAt)
}

function see(story: Draft | undefined, verify: OfKind<'verify'>): void {
  if (story === undefined) return
  const { answer, token, startedAt, endedAt } = verify
  story.verifies.push(verify)
  if (answer === 'accepted') story.lastAcceptedAt = Math.max(story.lastAcceptedAt, startedAt)
  if (answer === 'revoked') story.seenEndedAt = Math.min(story.seenEndedAt, endedAt)
  if (answer === 'unknown') {
    story.seenUnknownAt.set(token, Math.min(story.seenUnknownAt.get(token) ?? endedAt, endedAt))
  }
}
