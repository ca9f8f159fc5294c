import { type Duration, milliseconds, seconds } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import type { BusUser } from './invalidation-bus.fake.ts'

/** Time passes in steps of this much, by a clock that is right. */
export const step: Duration = milliseconds(50)

/** Longer than any lease. */
export const longPause: Duration = seconds(3)

/** A process with a time of its own, which can be stopped as by SIGSTOP: its clock runs on, and nothing reaches it. */
export class FakeProcess implements BusUser {
  readonly name: string
  readonly clock: FakeClock
  readonly timers: Timers
  /** How fast its clock runs; 1 is right. */
  readonly #rate: number
  readonly #set = new Set<{ readonly due: number; readonly run: () => void }>()
  #awake: PromiseWithResolvers<void> | null = null

  constructor(name: string, rate = 1) {
    this.name = name
    this.#rate = rate
    this.clock = fakeClock()
    this.timers = {
      after: (delay, run) => {
        const timer = { due: this.clock.monotonic() + delay, run }
        this.#set.add(timer)
        return () => this.#set.delete(timer)
      },
    }
  }

  get isPaused(): boolean {
    return this.#awake !== null
  }

  pause(): void {
    this.#awake ??= Promise.withResolvers<void>()
  }

  /** What had arrived meanwhile may come first: timers go off when time passes. */
  resume(): void {
    this.#awake?.resolve()
    this.#awake = null
  }

  async awake(): Promise<void> {
    while (this.#awake !== null) await this.#awake.promise
  }

  passStep(): void {
    this.clock.advance(milliseconds(step * this.#rate))
    while (!this.isPaused) {
      const due = [...this.#set].filter((timer) => timer.due <= this.clock.monotonic())
      const [first] = due.sort((a, b) => a.due - b.due)
      if (first === undefined) return
      this.#set.delete(first)
      first.run()
    }
  }
}

/** In whole steps, for all of them together. */
export function pass(processes: readonly FakeProcess[], by: Duration): void {
  for (let passed = 0; passed < by; passed += step) for (const each of processes) each.passStep()
}
