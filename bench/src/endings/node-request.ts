/** A session that the parent hands from node to node. */
export interface SessionInHand {
  readonly id: string
  readonly token: string
}

/** What the parent asks of a node, and below what it gets for each. */
export type NodeRequest =
  | { readonly task: 'create'; readonly count: number }
  /** Waits for the lease and brings the sessions into the cache. */
  | { readonly task: 'warm'; readonly tokens: readonly string[] }
  /** Counts those that are not accepted any more. */
  | { readonly task: 'count-refused'; readonly tokens: readonly string[] }
  /** Ends each twice: by a bare statement, which is taken back, and in earnest. */
  | { readonly task: 'compare'; readonly ids: readonly string[] }
  | ({ readonly task: 'end' } & EndingPace)

export interface EndingPace {
  readonly ids: readonly string[]
  readonly callers: number
  /** Between two endings of a caller, in milliseconds. */
  readonly pause: number
  /** In milliseconds; it ends earlier when there is nothing left to end. */
  readonly duration: number
}

export interface NodeAnswers {
  readonly create: readonly SessionInHand[]
  readonly warm: null
  readonly 'count-refused': number
  readonly compare: Comparison
  readonly end: EndingTimes
}

/** In milliseconds. */
export interface Comparison {
  readonly bare: readonly number[]
  readonly acknowledged: readonly number[]
  /** What of it came after the commit. */
  readonly afterCommit: readonly number[]
  /** How many other nodes confirmed each of the endings. */
  readonly confirmedBy: readonly number[]
}

export interface EndingTimes {
  /** In milliseconds, in the order of the ids. */
  readonly durations: readonly number[]
  readonly elapsed: number
}
