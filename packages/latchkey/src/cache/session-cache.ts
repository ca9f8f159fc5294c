import type { Instant } from '../foundation/time.ts'
import type { SessionRecord } from '../model/session.ts'
import type { ChangedSessions } from '../model/session-filter.ts'
import type { SessionId } from '../model/session-token.ts'
import { CachedSession } from './cached-session.ts'
import { InternedValues } from './interned-values.ts'
import { SessionsOfUsers } from './sessions-of-users.ts'

/** A session on its way from the storage. */
export interface Load {
  readonly id: SessionId
  readonly beganAt: Instant
  /** An ending came meanwhile: what the load brings may be from before it. It is used, but not kept. */
  stale: boolean
}

/**
 * The sessions used most recently, at most `capacity` of them; 0 keeps none. Whether it may be asked is for
 * `cache/coherence`.
 */
export class SessionCache {
  #capacity: number
  /**
   * How many moves of others an entry may be behind before it is moved again. Larger: fewer moves on the way of
   * a request. Smaller: a more exact order; an entry that is in use is never the next to go.
   */
  readonly #slack: number
  /** In the order of use, the one unused for longest first. */
  readonly #sessions = new Map<SessionId, CachedSession>()
  readonly #ofUsers: SessionsOfUsers
  readonly #interned = new InternedValues()
  readonly #loads = new Set<Load>()
  #moves = 0
  #answers = 0
  #loadsBegun = 0

  constructor(capacity: number) {
    this.#capacity = capacity
    this.#slack = Math.floor(capacity / 4)
    this.#ofUsers = new SessionsOfUsers(capacity)
  }

  get size(): number {
    return this.#sessions.size
  }

  /** How often an entry was asked for and was there. */
  get answers(): number {
    return this.#answers
  }

  /** How many loads have begun. */
  get loadsBegun(): number {
    return this.#loadsBegun
  }

  get(id: SessionId): CachedSession | undefined {
    const session = this.#sessions.get(id)
    if (session !== undefined) this.#answers += 1
    if (session !== undefined && this.#moves - session.movedAt > this.#slack) this.#moveToEnd(session)
    return session
  }

  /** Every load that might end up here begins with this, before the storage is asked. */
  startLoad(id: SessionId, now: Instant): Load {
    this.#loadsBegun += 1
    const load: Load = { id, beganAt: now, stale: false }
    this.#loads.add(load)
    return load
  }

  /** When the oldest load that is under way began; null when none is. */
  get oldestLoadAt(): Instant | null {
    for (const { beganAt } of this.#loads) return beganAt
    return null
  }

  /**
   * Ends the load; keeps the live session that it brought unless it is stale. Null: nothing to keep. What is
   * there already stays: it is as current, and may know of a later use.
   */
  finishLoad(load: Load, record: SessionRecord | null): void {
    this.#loads.delete(load)
    if (load.stale || record === null || this.#capacity === 0 || this.#sessions.has(load.id)) return
    this.#add(new CachedSession(record, this.#interned))
    if (this.#sessions.size > this.#capacity) this.#dropOldest()
  }

  /** Tells the entry of that session, if there is one, of a use; it may know of a later one. Gives the entry. */
  noteUse(id: SessionId, at: Instant): CachedSession | undefined {
    const session = this.#sessions.get(id)
    if (session === undefined) return undefined
    if (session.lastAccessedAt === null || session.lastAccessedAt < at) session.lastAccessedAt = at
    return session
  }

  /** Lets go of what may have changed, and of what is being loaded of it. */
  drop(selection: ChangedSessions): void {
    if (selection.kind === 'everybody') this.clear()
    else if (selection.kind === 'session') this.#drop(this.#sessions.get(selection.id))
    else if (selection.kind === 'sessions')
      for (const { id } of selection.sessions) this.#drop(this.#sessions.get(id))
    // Those of one device are among those of its user: to drop a few more costs a read each.
    else for (const session of this.#ofUsers.of(selection.userId)) this.#drop(session)
    // Whose session a load will bring is not known before it is there: the ending of a user's or a device's marks them all.
    for (const load of this.#loads) if (isMeant(load.id, selection)) load.stale = true
  }

  clear(): void {
    this.#sessions.clear()
    this.#ofUsers.clear()
    this.#interned.clear()
    for (const load of this.#loads) load.stale = true
  }

  /** Keeps nothing from now on: every question goes to the storage, which says that it is closed. */
  close(): void {
    this.#capacity = 0
    this.clear()
  }

  #add(session: CachedSession): void {
    this.#moves += 1
    session.movedAt = this.#moves
    this.#sessions.set(session.id, session)
    this.#ofUsers.add(session)
  }

  #moveToEnd(session: CachedSession): void {
    this.#moves += 1
    session.movedAt = this.#moves
    this.#sessions.delete(session.id)
    this.#sessions.set(session.id, session)
  }

  #drop(session: CachedSession | undefined): void {
    if (session === undefined) return
    this.#sessions.delete(session.id)
    this.#ofUsers.remove(session)
  }

  #dropOldest(): void {
    for (const session of this.#sessions.values()) {
      this.#drop(session)
      return
    }
  }
}

function isMeant(id: SessionId, selection: ChangedSessions): boolean {
  if (selection.kind === 'session') return selection.id === id
  return selection.kind !== 'sessions' || selection.sessions.some((session) => session.id === id)
}
