import { type Forgettable, type Instant, inSeconds, toIso } from 'latchkey'
import type { RetentionResponse } from 'latchkey/http'

/** What retention would forget, as the API and the command show it. */
export function retentionReport(at: Instant, found: readonly Forgettable[]): RetentionResponse {
  return {
    at: toIso(at),
    kinds: found.map(({ kind, period, before, count, isLeast }) => ({
      kind,
      period_seconds: period === null ? null : inSeconds(period),
      before: before === null ? null : toIso(before),
      would_forget: count,
      is_least: isLeast,
    })),
  }
}
