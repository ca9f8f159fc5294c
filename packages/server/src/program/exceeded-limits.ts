import { type Clock, type Duration, minutes, type Sessions, systemActor } from 'latchkey'
import type { NameSource } from 'latchkey/http'
import type { Logger } from 'pino'
import { onceInAWhile } from '../routes/once-in-a-while.ts'

/** Which limit it was: shown in metrics and in the audit log. */
export type ExceededLimit = 'refused-credentials' | 'sign-ins'

export interface ExceededLimitsOptions {
  readonly sessions: Pick<Sessions, 'recordEvents'>
  readonly nameSource: NameSource
  readonly clock: Clock
  readonly logger: Logger
}

/** A source that goes on is named again after this long. */
const silence: Duration = minutes(1)

/** Events in a minute, of all sources together: a flood from everywhere must not fill the audit log. Metrics count the rest. */
const mostEvents = 100

/** Writes to the log and the audit log, once for each source and while, that a limit was exceeded. `refused`: how many were refused by then, where that is known. Never throws. */
export function recordExceededLimits(
  options: ExceededLimitsOptions,
): (limit: ExceededLimit, ipAddress: string | null, refused: number | null) => void {
  const { sessions, nameSource, clock, logger } = options
  const isNews = onceInAWhile(silence, clock)
  let [minuteBegan, events] = [Number.NEGATIVE_INFINITY, 0]

  function mayRecord(): boolean {
    const now = clock.monotonic()
    if (now - minuteBegan >= silence) [minuteBegan, events] = [now, 0]
    events += 1
    return events <= mostEvents
  }

  return (limit, ipAddress, refused) => {
    const source = nameSource(ipAddress)
    if (!isNews(`${limit} ${source}`) || !mayRecord()) return
    logger.warn({ event: 'excess_rate_limit_exceeded', limit, source }, 'a rate limit was exceeded')
    const after = { limit, ...(source !== null && { source }), ...(refused !== null && { refused }) }
    sessions
      .recordEvents([{ type: 'rate-limit.exceeded', actor: systemActor, after }])
      .catch((error: unknown) => logger.warn({ err: error }, 'a rate limit could not be recorded'))
  }
}
