import {
  type Creation,
  deviceOf,
  hasFailed,
  idOfToken,
  type Operation,
  type SignIn,
} from './coherence-history.ts'

type Of<Kind extends Operation['kind']> = Operation & { readonly kind: Kind }

/** What a history says about one session that was created. */
export interface SessionStory {
  readonly id: string
  readonly userId: string
  readonly creation: Operation & (Creation | SignIn)
  /** Null: it is on none. */
  readonly deviceId: string | null
  /** Each token with the call that handed it out. */
  readonly tokens: ReadonlyMap<string, Operation>
  /** Those that may have changed the token: the refused ones did not. */
  readonly renewals: readonly Of<'renew'>[]
  /** Every call that may have ended it. */
  readonly endings: readonly Operation[]
  /** Before this instant nobody had asked for its end. */
  readonly firstAskedAt: number
  /** From this instant on it must be refused: an ending that was sure to reach it had been acknowledged. */
  readonly acknowledgedAt: number
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
  const ofUser = Map.groupBy(found.values(), ({ userId }) => userId)
  const onDevice = Map.groupBy(found.values(), ({ deviceId }) => deviceId)
  for (const operation of history) {
    tell(found, operation)
    for (const story of mayEnd(operation, ofUser, onDevice)) endAll(story, operation)
  }
  return found
}

interface Draft extends SessionStory {
  readonly tokens: Map<string, Operation>
  readonly renewals: Of<'renew'>[]
  readonly endings: Operation[]
  firstAskedAt: number
  acknowledgedAt: number
  seenEndedAt: number
  lastAcceptedAt: number
  readonly seenUnknownAt: Map<string, number>
}

function begin(found: Map<string, Draft>, creation: Of<'create'> | Of<'sign-in'>, token: string): void {
  const id = idOfToken(token)
  found.set(id, {
    id,
    userId: creation.userId,
    creation,
    deviceId: deviceOf(creation),
    tokens: new Map([[token, creation]]),
    renewals: [],
    endings: [],
    firstAskedAt: Number.POSITIVE_INFINITY,
    acknowledgedAt: Number.POSITIVE_INFINITY,
    seenEndedAt: Number.POSITIVE_INFINITY,
    lastAcceptedAt: Number.NEGATIVE_INFINITY,
    seenUnknownAt: new Map(),
  })
}

function tell(found: ReadonlyMap<string, Draft>, operation: Operation): void {
  switch (operation.kind) {
    case 'create':
      if (operation.replaces !== null) end(found.get(operation.replaces), operation, operation.token !== null)
      break
    case 'end':
      end(found.get(operation.id), operation, operation.outcome !== null)
      break
    case 'renew':
      renew(found.get(operation.id), operation)
      break
    case 'verify':
      see(found.get(idOfToken(operation.token)), operation)
      break
  }
}

/** What a call ends that ends all there is of something. A device that was added with the call has nothing yet. */
function mayEnd(
  operation: Operation,
  ofUser: ReadonlyMap<string, Draft[]>,
  onDevice: ReadonlyMap<string | null, Draft[]>,
): readonly Draft[] {
  if (operation.kind === 'end-user') return ofUser.get(operation.userId) ?? []
  const isOnDevice =
    operation.kind === 'end-device' || (operation.kind === 'sign-in' && operation.shown !== null)
  return isOnDevice ? (onDevice.get(deviceOf(operation)) ?? []) : []
}

/** A session that was created meanwhile may have come too late for it, and one that was asked for after its answer has. */
function endAll(story: Draft, operation: Operation): void {
  const { creation } = story
  const isAnswered = !hasFailed(operation)
  if (creation === operation || (isAnswered && creation.startedAt > operation.endedAt)) return
  end(story, operation, isAnswered && creation.endedAt < operation.startedAt)
}

function end(story: Draft | undefined, operation: Operation, isSure: boolean): void {
  if (story === undefined) return
  story.endings.push(operation)
  story.firstAskedAt = Math.min(story.firstAskedAt, operation.startedAt)
  if (isSure) story.acknowledgedAt = Math.min(story.acknowledgedAt, operation.endedAt)
}

function renew(story: Draft | undefined, renewal: Of<'renew'>): void {
  if (story === undefined) return
  if (renewal.outcome === 'not-live') story.seenEndedAt = Math.min(story.seenEndedAt, renewal.endedAt)
  else story.renewals.push(renewal)
  if (renewal.token !== null) story.tokens.set(renewal.token, renewal)
}

function see(story: Draft | undefined, { answer, token, startedAt, endedAt }: Of<'verify'>): void {
  if (story === undefined) return
  if (answer === 'accepted') story.lastAcceptedAt = Math.max(story.lastAcceptedAt, startedAt)
  if (answer === 'revoked') story.seenEndedAt = Math.min(story.seenEndedAt, endedAt)
  if (answer === 'unknown') {
    story.seenUnknownAt.set(token, Math.min(story.seenUnknownAt.get(token) ?? endedAt, endedAt))
  }
}
