import { type Duration, milliseconds } from '../foundation/time.ts'
import { nextTurn } from '../foundation/timers.ts'
import type { Membership, Renewal } from '../ports/invalidation-bus.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../testing/fake-timers.ts'
import { Lease, type LeaseChange, leaseDuration } from './lease.ts'

interface Question<Value> {
  readonly asked: readonly unknown[]
  readonly answer: (value: Value) => void
  readonly refuse: () => void
}

/** A connection whose questions are answered by hand. */
export class Connection implements Membership {
  readonly registrations: Question<void>[] = []
  readonly renewals: Question<Renewal>[] = []
  readonly leavings: Question<void>[] = []
  isAbandoned = false
  readonly #onAbandoned: () => void

  constructor(onAbandoned: () => void) {
    this.#onAbandoned = onAbandoned
  }

  /** Under which the node was registered on it. */
  id(at = 0): string {
    return String(this.registrations[at]?.asked[0])
  }

  register(...asked: readonly unknown[]): Promise<void> {
    return answered(this.registrations, asked)
  }

  renew(...asked: readonly unknown[]): Promise<Renewal> {
    return answered(this.renewals, asked)
  }

  leave(...asked: readonly unknown[]): Promise<void> {
    return answered(this.leavings, asked)
  }

  abandon(): void {
    this.isAbandoned = true
    this.#onAbandoned()
  }
}

function answered<Value>(questions: Question<Value>[], asked: readonly unknown[]): Promise<Value> {
  return new Promise((resolve, reject) => {
    questions.push({ asked, answer: resolve, refuse: () => reject(new Error('the connection is lost')) })
  })
}

/** The part of a lease in which a cache answers. */
export const usable: Duration = milliseconds(0.95 * leaseDuration)

export const held: Renewal = { isHeld: true, overdue: [] }
export const fenced: Renewal = { isHeld: false, overdue: [] }

/** A lease, and what it has told. */
export class LeaseUnderTest {
  readonly clock: FakeClock = fakeClock()
  readonly timers: FakeTimers = fakeTimers()
  readonly changes: LeaseChange[] = []
  readonly overdue: (readonly string[])[] = []
  readonly reported: unknown[] = []
  /** How often everything was forgotten. */
  forgotten = 0
  readonly lease: Lease = new Lease({
    clock: this.clock,
    timers: this.timers,
    forgetEverything: () => {
      this.forgotten += 1
    },
    onChange: (change) => this.changes.push(change),
    onOverdue: (nodeIds) => this.overdue.push(nodeIds),
    report: (error) => this.reported.push(error),
  })

  /** On a connection whose registration nobody has answered yet. */
  begin(): Connection {
    const connection = new Connection(() => this.lease.lose())
    this.lease.begin(connection)
    return connection
  }

  /** Held since now. */
  async begun(): Promise<Connection> {
    const connection = this.begin()
    connection.registrations[0]?.answer()
    await nextTurn()
    return connection
  }

  pass(by: Duration): void {
    this.clock.advance(by)
    this.timers.advance(by)
  }
}
