import { LatchkeyError } from '../foundation/errors.ts'
import { between, type Duration, type Instant, milliseconds, seconds } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import type { Seen, SessionRecord } from '../model/session.ts'
import type { SessionId } from '../model/session-token.ts'
import type { SessionStore } from '../ports/session-store.ts'
import { activityResolution } from '../rules/session-policy.ts'

/**
 * How long a noted use may wait. Longer than half of `activityResolution`, less the time that a write takes: an
 * idle timeout could come early in another process. Shorter: more and smaller writes.
 */
export const flushInterval: Duration = milliseconds(activityResolution / 6)

/**
 * Uses in one write. Larger: other writes wait longer behind it; on SQLite the whole process does, 8 ms for a
 * thousand and 80 for ten thousand. Smaller: more flushes to disk; ten times as large saves less than half the time.
 */
export const flushBatch = 1_000

/**
 * How long the end of a process waits for a storage that does not answer. Longer: the rest of a shutdown, which
 * has ten seconds in all, is cut short. Shorter: a storage that is only slow misses the last uses.
 */
export const closePatience: Duration = seconds(3)

/**
 * Sessions whose use may wait, about 100 B each. Reached only when the storage is away: then further uses are
 * not noted, and a session that is used in that time alone may be held to be idle too early.
 */
export const mostWaiting = 100_000

/**
 * Brings the last uses of sessions to the store, later and together, so that no request waits for a write. One
 * use a session: a later one takes the place of the one that waits.
 */
export class ActivityWriter {
  readonly #store: Pick<SessionStore, 'touch'>
  readonly #timers: Timers
  readonly #onError: (error: unknown) => void
  #waiting = new Map<SessionId, Instant>()
  #beingWritten = new Map<SessionId, Instant>()
  #runningFlush: Promise<void> = Promise.resolve()
  /** Begins when the running one has ended; null when nobody waits for another. */
  #nextFlush: Promise<void> | null = null
  #cancelTimer: (() => void) | null = null
  /** The oldest use that is not in the store; null when none waits. */
  #waitingSince: Instant | null = null
  #isClosed = false
  #refused = 0
  #writes = 0

  constructor(store: Pick<SessionStore, 'touch'>, timers: Timers, onError: (error: unknown) => void) {
    this.#store = store
    this.#timers = timers
    this.#onError = onError
  }

  /** Sessions whose use is not in the store yet. */
  get waiting(): number {
    return this.#waiting.size + this.#beingWritten.size
  }

  /** Grows with each batch that was written. A load during which it grew may have missed a use. */
  get writes(): number {
    return this.#writes
  }

  /** Whether a use waits for longer than other processes reckon with: the storage was away, or this process was. */
  isBehind(now: Instant): boolean {
    return this.#waitingSince !== null && between(this.#waitingSince, now) >= activityResolution / 2
  }

  /** Takes note of a use. False when there is no room: then it is as if it had not been. */
  note(id: SessionId, at: Instant): boolean {
    if (this.#isClosed) return false
    const waiting = this.#waiting.get(id)
    if (waiting === undefined && this.#waiting.size >= mostWaiting) {
      this.#refused += 1
      return false
    }
    if (waiting === undefined || waiting < at) this.#waiting.set(id, at)
    this.#waitingSince ??= at
    this.#setTimer()
    return true
  }

  /** The newest use that may not be in the store yet; null when there is none. */
  noted(id: SessionId): Instant | null {
    return latest(this.#waiting.get(id) ?? null, this.#beingWritten.get(id) ?? null)
  }

  /** The record with the newest use that is known: its own, a noted one, or one that was noted before it was read. */
  withNewestUse(record: SessionRecord, notedBefore: Instant | null): SessionRecord {
    const newest = latest(record.lastAccessedAt, latest(this.noted(record.id), notedBefore))
    return newest === record.lastAccessedAt ? record : { ...record, lastAccessedAt: newest }
  }

  /** For a session that ended: its uses are of no interest any more, and none is tried again. */
  forget(id: SessionId): void {
    this.#waiting.delete(id)
    this.#beingWritten.delete(id)
  }

  /** Resolves when everything noted before the call is in the store; rejects when it is not, and keeps it then. */
  flush(): Promise<void> {
    // Calls share a flush that has not begun, so that none pile up behind a storage that hangs.
    this.#nextFlush ??= this.#runningFlush
      .catch(() => undefined)
      .then(() => {
        this.#nextFlush = null
        this.#runningFlush = this.#writeWaiting()
        return this.#runningFlush
      })
    return this.#nextFlush
  }

  /**
   * Takes no more notes, and writes what waits; reports when that is not possible, or not within `closePatience`.
   * What is not written then is lost: those sessions count as used a little earlier than they were.
   */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#cancelTimer?.()
    await this.#inTime(this.flush()).catch(this.#onError)
    this.#waiting.clear()
  }

  #inTime(flushed: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#timers.after(closePatience, () => {
        const count = this.#waiting.size + this.#beingWritten.size
        reject(
          new LatchkeyError(
            'storage-unavailable',
            `the last uses of ${count} sessions may not have been written`,
          ),
        )
      })
      void flushed.then(resolve, reject).finally(cancel)
    })
  }

  async #writeWaiting(): Promise<void> {
    const since = this.#waitingSince
    const batches = Math.ceil(this.#waiting.size / flushBatch)
    this.#waitingSince = null
    try {
      for (let batch = 0; batch < batches && this.#waiting.size > 0; batch += 1) await this.#writeBatch()
    } catch (error) {
      this.#waitingSince = since
      throw error
    }
  }

  async #writeBatch(): Promise<void> {
    this.#beingWritten = this.#takeBatch()
    const seen: Seen[] = [...this.#beingWritten].map(([id, at]) => ({ id, at }))
    try {
      await this.#store.touch(seen)
      this.#writes += 1
    } catch (error) {
      this.#putBack(this.#beingWritten)
      throw error
    } finally {
      this.#beingWritten = new Map()
    }
  }

  #takeBatch(): Map<SessionId, Instant> {
    const batch = new Map<SessionId, Instant>()
    for (const [id, at] of this.#waiting) {
      if (batch.size >= flushBatch) break
      batch.set(id, at)
      this.#waiting.delete(id)
    }
    return batch
  }

  #putBack(unwritten: ReadonlyMap<SessionId, Instant>): void {
    for (const [id, at] of unwritten) {
      const waiting = this.#waiting.get(id)
      if (waiting === undefined || waiting < at) this.#waiting.set(id, at)
    }
    this.#setTimer()
  }

  #setTimer(): void {
    if (this.#cancelTimer !== null || this.#isClosed) return
    this.#cancelTimer = this.#timers.after(flushInterval, () => {
      this.#cancelTimer = null
      this.#reportRefused()
      this.flush().then(() => this.#setTimerIfWaiting(), this.#onError)
    })
  }

  #setTimerIfWaiting(): void {
    if (this.#waiting.size > 0) this.#setTimer()
  }

  #reportRefused(): void {
    if (this.#refused === 0) return
    const message = `the last uses of ${this.#refused} requests were not noted: too many wait for the storage`
    this.#refused = 0
    this.#onError(new LatchkeyError('storage-busy', message))
  }
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}
