/** One way of doing a thing, ready to be measured. */
export interface Contestant {
  /** Does the thing that many times and checks every answer; throws where one is wrong. */
  run(times: number): Promise<void>
  close(): Promise<void>
}

/** One that keeps the time itself: a program of its own, or one whose preparations of a round must not count. */
export interface TimedContestant {
  /** Operations a second over at least so many milliseconds; throws where an answer is wrong. */
  measure(duration: number): Promise<number>
  close(): Promise<void>
}

/** Each runs in a process of its own, so that none profits from, or suffers under, what another has compiled. */
export type Preparation = () => Promise<Contestant | TimedContestant>

/** What the parent asks of a contestant's process, and what it gets back. */
export interface RoundRequest {
  /** At least so long, in milliseconds. */
  readonly duration: number
}

export interface RoundResult {
  readonly perSecond: number
}
