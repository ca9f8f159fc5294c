import { type Clock, type Duration, seconds } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import { systemActor } from '../model/session.ts'
import { plainEvent } from '../model/session-event.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Verification } from './verification.ts'

/** Longer: numbers are further behind, and more of them are lost with a process that is killed. Shorter: more events. */
export const countsWrittenEvery: Duration = seconds(60)

/**
 * Counts the tokens that were shown to this process, and writes down how many, as one event: once in a while and at its end,
 * or only by command.
 */
export class VerificationCounter {
  readonly #events: Pick<EventLog, 'append'>
  readonly #clock: Clock
  /** Null: it writes by command. */
  readonly #timers: Timers | null
  readonly #report: (error: unknown) => void
  #counts = nothingCounted()
  #isEmpty = true
  #cancel: (() => void) | null = null
  #underway: Promise<void> = Promise.resolve()

  constructor(
    events: Pick<EventLog, 'append'>,
    clock: Clock,
    timers: Timers | null,
    report: (error: unknown) => void,
  ) {
    this.#events = events
    this.#clock = clock
    this.#timers = timers
    this.#report = report
  }

  /** A number more, on the way of each request: nothing else happens here. */
  count(verification: Verification): void {
    if (verification.active) this.#counts.verified += 1
    else this.#counts[verification.reason] += 1
    if (!this.#isEmpty) return
    this.#isEmpty = false
    this.#cancel = this.#timers?.after(countsWrittenEvery, () => void this.write()) ?? null
  }

  /** Writes what there is. Never rejects. */
  write(): Promise<void> {
    this.#cancel?.()
    this.#cancel = null
    this.#underway = this.#underway.then(() => this.#append())
    return this.#underway
  }

  async close(): Promise<void> {
    if (this.#timers !== null) await this.write()
  }

  /** Whether a write that failed was made nobody knows: rather too few than twice. */
  async #append(): Promise<void> {
    if (this.#isEmpty) return
    const counted = this.#counts
    this.#counts = nothingCounted()
    this.#isEmpty = true
    const event = plainEvent({
      type: 'verifications.counted',
      at: this.#clock.now(),
      actor: systemActor,
      after: counted,
    })
    await this.#events.append([event]).catch(this.#report)
  }
}

function nothingCounted() {
  return { verified: 0, unknown: 0, expired: 0, revoked: 0, pending: 0 }
}
