/** One way of doing a thing, ready to be measured. */
export interface Contestant {
  /** Does the thing that many times and checks every answer; throws where one is wrong. */
  run(times: number): Promise<void>
  close(): Promise<void>
}

/** Each runs in a process of its own, so that none profits from, or suffers under, what another has compiled. */
export type Preparation = () => Promise<Contestant>

/** What the parent asks of a contestant's process, and what it gets back. */
export interface RoundRequest {
  /** At least so long, in milliseconds. */
  readonly duration: number
}

export interface RoundResult {
  readonly perSecond: number
}
