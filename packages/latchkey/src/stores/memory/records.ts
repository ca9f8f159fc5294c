import { LatchkeyError } from '../../foundation/errors.ts'
import type { Instant } from '../../foundation/time.ts'
import type { EndReason, SessionRecord } from '../../model/session.ts'
import type { NewSessionEvent, SessionEvent } from '../../model/session-event.ts'
import type { SessionId } from '../../model/session-token.ts'
import { type MemoryLiveFeed, memoryLiveFeed } from './live-feed.ts'

/** Everything that one memory storage holds. Its stores change it within one synchronous turn, which is what makes them atomic. */
export interface Records {
  state: 'new' | 'open' | 'closed'
  readonly sessions: Map<SessionId, SessionRecord>
  readonly idsByUser: Map<string, Set<SessionId>>
  /** By the key's hash in hexadecimal. */
  readonly claims: Map<string, Claim>
  readonly events: SessionEvent[]
  /** Of the newest event ever, forgotten or not. */
  lastPosition: number
  created: number
  readonly ended: Record<EndReason, number>
  readonly forgotten: Map<string, ForgottenSessions>
  readonly feed: MemoryLiveFeed
}

interface Claim {
  readonly requestHash: Uint8Array
  readonly sessionId: SessionId
  readonly claimedAt: Instant
}

/** What is still counted of a user's sessions after they have been forgotten. */
export interface ForgottenSessions {
  total: number
  durationSum: number
  durationLongest: number
  readonly ended: Record<EndReason, number>
  createdAt: Instant[]
  endedAt: Instant[]
}

export function noneEnded(): Record<EndReason, number> {
  return { logout: 0, expired: 0, 'idle-timeout': 0, revoked: 0, replaced: 0 }
}

export function emptyRecords(): Records {
  return {
    state: 'new',
    sessions: new Map(),
    idsByUser: new Map(),
    claims: new Map(),
    events: [],
    lastPosition: 0,
    created: 0,
    ended: noneEnded(),
    forgotten: new Map(),
    feed: memoryLiveFeed(),
  }
}

/** The records, or a rejection when the storage is not open. */
export function openRecords(records: Records): Records {
  if (records.state === 'open') return records
  throw new LatchkeyError('closed', `The storage is ${records.state === 'new' ? 'not open yet' : 'closed'}.`)
}

export function appendEvents(records: Records, events: readonly NewSessionEvent[]): void {
  for (const event of events) {
    records.lastPosition += 1
    records.events.push({ ...event, position: records.lastPosition })
  }
  if (events.length > 0) records.feed.wakeAll()
}

/** The user's sessions, or everybody's when no user is named. */
export function sessionsOf(records: Records, userId: string | null): SessionRecord[] {
  if (userId === null) return [...records.sessions.values()]
  const found: SessionRecord[] = []
  for (const id of records.idsByUser.get(userId) ?? []) {
    const record = records.sessions.get(id)
    if (record) found.push(record)
  }
  return found
}
