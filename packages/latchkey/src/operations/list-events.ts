import { invalidArgument } from '../foundation/errors.ts'
import type { Page, PageRequest } from '../foundation/page.ts'
import type { Instant } from '../foundation/time.ts'
import { type Actor, systemActor } from '../model/session.ts'
import {
  type EventFilter,
  type NewSessionEvent,
  type SessionEvent,
  type SessionEventType,
  sessionEventTypes,
} from '../model/session-event.ts'
import { isSessionId, type SessionId } from '../model/session-token.ts'
import {
  checkActor,
  checkInstant,
  checkObject,
  checkOneOf,
  checkRequestId,
  checkUserId,
} from './check-argument.ts'
import { checkPage } from './check-filter.ts'
import { mostListed } from './list-sessions.ts'
import type { Wiring } from './wiring.ts'

/** Which events to list; what is left out is no condition. */
export interface EventConditions {
  readonly userId?: string
  readonly sessionId?: string
  readonly actor?: Actor
  /** The id of a request, or of a bulk ending. */
  readonly request?: string
  readonly types?: readonly SessionEventType[]
  /** From that instant on. */
  readonly from?: Instant
  /** Before that instant. */
  readonly until?: Instant
}

/** An event as its caller states it; it happens now. */
export type RecordedEvent = Pick<NewSessionEvent, 'type' | 'actor'> &
  Partial<Pick<NewSessionEvent, 'userId' | 'sessionId' | 'deviceId' | 'request' | 'before' | 'after'>>

export async function listEvents(
  { storage }: Wiring,
  conditions: EventConditions,
  page: PageRequest,
): Promise<Page<SessionEvent>> {
  const filter = checkConditions(conditions)
  checkPage(page, mostListed)
  return storage.events.list(filter, page)
}

function checkConditions(conditions: EventConditions): EventFilter {
  checkObject('filter', conditions)
  const { userId, sessionId, actor, request, types, from, until } = conditions
  return {
    userId: userId === undefined ? null : checkUserId('userId', userId),
    sessionId: sessionId === undefined ? null : checkSessionId(sessionId),
    actor: actor === undefined ? null : checkActor('actor', actor),
    request: checkRequestId(request),
    types: types === undefined ? shownTypes(conditions) : checkTypes(types),
    from: from === undefined ? null : checkInstant('from', from),
    until: until === undefined ? null : checkInstant('until', until),
  }
}

const exceptCounts = sessionEventTypes.filter((type) => type !== 'verifications.counted')

/** What processes counted is of nobody, and there is one a minute: it is shown to who asks for it by name. */
function shownTypes({ userId, sessionId, actor }: EventConditions): readonly SessionEventType[] {
  const isOfSomebody = userId !== undefined || sessionId !== undefined
  return isOfSomebody || (actor !== undefined && actor !== systemActor) ? [] : exceptCounts
}

function checkSessionId(value: unknown): SessionId {
  if (!isSessionId(value)) throw invalidArgument('sessionId', 'must be the id of a session')
  return value
}

function checkTypes(value: unknown): readonly SessionEventType[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalidArgument('types', 'must be an array of one type at least')
  }
  return value.map((type) => checkOneOf('types', type, sessionEventTypes))
}
