import type { AnsweredRequest } from 'latchkey/http'

/** What was counted of the requests to one route by one method. */
export interface RequestCounts {
  readonly method: string
  readonly route: string
  /** How many fell below each bound and above the one before; the last is for those above all. 32 bits would be full within a day. */
  readonly withinBound: Float64Array
  readonly byStatus: ReadonlyMap<number, number>
  totalSeconds: number
}

interface Counting extends RequestCounts {
  readonly byStatus: Map<number, number>
}

/** Anything else comes from the client as it is, and would make a series of its own each. */
const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts requests without making anything: labels are put together when somebody looks. */
export class RequestCounter {
  readonly #boundsInSeconds: readonly number[]
  readonly #byRoute = new Map<string, Map<string, Counting>>()

  constructor(boundsInSeconds: readonly number[]) {
    this.#boundsInSeconds = boundsInSeconds
  }

  count({ method, route, status, durationMs }: AnsweredRequest): void {
    const counts = this.#byRoute.get(route)?.get(method) ?? this.#added(route, method)
    const seconds = durationMs / 1_000
    const bounds = this.#boundsInSeconds
    let bucket = 0
    while (bucket < bounds.length && seconds > (bounds[bucket] ?? 0)) bucket += 1
    counts.withinBound[bucket] = (counts.withinBound[bucket] ?? 0) + 1
    counts.totalSeconds += seconds
    counts.byStatus.set(status, (counts.byStatus.get(status) ?? 0) + 1)
  }

  *counts(): Iterable<RequestCounts> {
    for (const byMethod of this.#byRoute.values()) yield* byMethod.values()
  }

  #added(route: string, sent: string): Counting {
    const byMethod = this.#byRoute.get(route) ?? new Map<string, Counting>()
    this.#byRoute.set(route, byMethod)
    const method = knownMethods.has(sent) ? sent : 'other'
    const known = byMethod.get(method)
    if (known !== undefined) return known
    const withinBound = new Float64Array(this.#boundsInSeconds.length + 1)
    const counts: Counting = { method, route, withinBound, byStatus: new Map(), totalSeconds: 0 }
    byMethod.set(method, counts)
    return counts
  }
}
