import type { Clock, Duration } from 'latchkey'

/** How many, in how long. */
export interface MailLimit {
  readonly most: number
  readonly within: Duration
}

/** Names that are remembered. More: memory. Fewer: after a flood somebody may get some mails more. */
const mostNames = 10_000

/** In the memory of one process: a restart lets some more through, which is no harm. */
export interface MailLimiter {
  /** Whether one more mail may go out under a name. Counts it where it may. */
  take(name: string): boolean
  /** The last one that was counted did not go out. */
  giveBack(name: string): void
}

export function mailLimiter({ most, within }: MailLimit, clock: Pick<Clock, 'monotonic'>): MailLimiter {
  const sent = new Map<string, readonly number[]>()
  return {
    take(name) {
      const now = clock.monotonic()
      const recent = (sent.get(name) ?? []).filter((at) => now - at < within)
      if (recent.length >= most) return false
      // The one that was used longest ago is the first.
      sent.delete(name)
      sent.set(name, [...recent, now])
      if (sent.size > mostNames) sent.delete(sent.keys().next().value ?? name)
      return true
    },
    giveBack(name) {
      const counted = sent.get(name)
      if (counted !== undefined) sent.set(name, counted.slice(0, -1))
    },
  }
}
