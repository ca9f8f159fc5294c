import type { Instant } from '../foundation/time.ts'
import type { Session, SessionRecord } from '../model/session.ts'
import type { SessionSelection } from '../model/session-filter.ts'
import type { SessionId } from '../model/session-token.ts'

/** A session as verification needs it. Never changed in place: a newer use makes a new one. */
export interface CachedSession {
  readonly record: SessionRecord
  /** How `record` is shown while it is live; made once, not on each request. */
  readonly view: Session
}

/** A session on its way from the storage. */
export interface Load {
  readonly id: SessionId
  readonly beganAt: Instant
  /** An ending came meanwhile: what the load brings may be from before it. It is used, but not kept. */
  stale: boolean
}

/** An entry and its place in the order of use. */
interface Slot {
  session: CachedSession
  /** How many moves there had been when it was moved to the end. */
  movedAt: number
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
  readonly #slots = new Map<SessionId, Slot>()
  readonly #ofUser = new Map<string, Set<SessionId>>()
  readonly #loads = new Set<Load>()
  #moves = 0

  constructor(capacity: number) {
    this.#capacity = capacity
    this.#slack = Math.floor(capacity / 4)
  }

  get size(): number {
    return this.#slots.size
  }

  get(id: SessionId): CachedSession | undefined {
    const slot = this.#slots.get(id)
    if (slot === undefined) return undefined
    if (this.#moves - slot.movedAt > this.#slack) {
      this.#slots.delete(id)
      this.#moves += 1
      slot.movedAt = this.#moves
      // Under the id of the record: the caller's may be a part of a token, and would keep all of it in memory.
      this.#slots.set(slot.session.record.id, slot)
    }
    return slot.session
  }

  /** Every load that might end up here begins with this, before the storage is asked. */
  startLoad(id: SessionId, now: Instant): Load {
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
   * Ends the load; keeps what it brought unless it is stale. Null: nothing to keep. What is there already
   * stays: it is as current, and may know of a later use.
   */
  finishLoad(load: Load, session: CachedSession | null): void {
    this.#loads.delete(load)
    if (load.stale || session === null || this.#capacity === 0 || this.#slots.has(load.id)) return
    this.#add(session)
    if (this.#slots.size > this.#capacity) this.#dropOldest()
  }

  /** Changes the entry of that session, if there is one. It may be another one than the caller has seen. */
  refresh(id: SessionId, change: (kept: CachedSession) => CachedSession): void {
    const slot = this.#slots.get(id)
    if (slot !== undefined) slot.session = change(slot.session)
  }

  /** Lets go of what the selection is about, and of what is being loaded of it. */
  drop(selection: SessionSelection): void {
    if (selection.kind === 'session') this.#drop(selection.id)
    else for (const id of [...(this.#ofUser.get(selection.userId) ?? [])]) this.#drop(id)
    // Whose session a load will bring is not known before it is there: the ending of a user's marks them all.
    for (const load of this.#loads) {
      if (selection.kind === 'user' || load.id === selection.id) load.stale = true
    }
  }

  clear(): void {
    this.#slots.clear()
    this.#ofUser.clear()
    for (const load of this.#loads) load.stale = true
  }

  /** Keeps nothing from now on: every question goes to the storage, which says that it is closed. */
  close(): void {
    this.#capacity = 0
    this.clear()
  }

  #add(session: CachedSession): void {
    const { id, userId } = session.record
    this.#moves += 1
    this.#slots.set(id, { session, movedAt: this.#moves })
    const siblings = this.#ofUser.get(userId)
    if (siblings === undefined) this.#ofUser.set(userId, new Set([id]))
    else siblings.add(id)
  }

  #drop(id: SessionId): void {
    const slot = this.#slots.get(id)
    if (slot === undefined) return
    this.#slots.delete(id)
    const { userId } = slot.session.record
    const siblings = this.#ofUser.get(userId)
    siblings?.delete(id)
    if (siblings?.size === 0) this.#ofUser.delete(userId)
  }

  #dropOldest(): void {
    for (const id of this.#slots.keys()) {
      this.#drop(id)
      return
    }
  }
}
