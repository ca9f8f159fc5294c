import type { MeasuredServer } from '../servers/measured-server.ts'

/** What one round of load gave. */
export interface LoadRound {
  readonly requestsPerSecond: number
  readonly p99Milliseconds: number
}

/** Puts a server under load for so many seconds; throws where an answer is wrong. */
export interface LoadGenerator {
  /** For the page: what it is, and how it knows that the answers are right. */
  readonly description: string
  /** Before the rounds that count; warms the server up. */
  firstRound(name: string, server: MeasuredServer, seconds: number): Promise<LoadRound>
  round(name: string, server: MeasuredServer, seconds: number): Promise<LoadRound>
}

/** The same in every round and for every server. */
export const connections = 64
