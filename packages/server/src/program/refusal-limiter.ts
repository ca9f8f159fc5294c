import { createHmac, randomBytes } from 'node:crypto'
import { after, type Clock, type Instant, seconds } from 'latchkey'
import type { Refusals, RefusedCredential } from 'latchkey/http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/**
 * Refused credentials of one source in a minute. Fewer: an office behind one address whose sessions were all forgotten
 * would be told to wait. More: more guesses, each of which is one in 2^256.
 */
const mostRefused = { points: 120, duration: 60 }

/**
 * Sources are counted in this many pots, so that a flood from everywhere takes at most some 30 MB. Which ones share a
 * pot changes with each start; all that one does to another there is to have guesses answered 429 instead of 401.
 */
const potCount = 65_536

export interface RefusalLimiterOptions {
  readonly clock: Pick<Clock, 'now'>
  /** Told once for each source and while that it has guessed too often, and how often by then. May not throw. */
  readonly onExceeded: (source: string, refused: number) => void
  /** Told of every refusal, those that are answered 429 included. May not throw. */
  readonly onRefused: (reason: RefusedCredential | 'throttled') => void
}

/** Whoever has shown one of these once had a session: it is no guess, and not counted. */
const onceGood: ReadonlySet<RefusedCredential> = new Set(['expired', 'revoked', 'pending'])

/**
 * Tells sources to wait that send many tokens or API keys that are none. In the memory of each node: what it slows down
 * is the load, and no guess comes true by a restart.
 */
export function createRefusalLimiter({ clock, onExceeded, onRefused }: RefusalLimiterOptions): Refusals {
  const limiter = new RateLimiterMemory(mostRefused)
  const pot = potsOf(randomBytes(32))
  const blocked = new Map<number, Instant>()
  const waitOf = (source: number, now: Instant): number | null => secondsLeft(blocked, source, now)

  async function count(source: string): Promise<void> {
    const counted = pot(source)
    try {
      const consumed = await limiter.consume(counted)
      if (consumed.remainingPoints <= 0) block(counted, consumed, source)
    } catch (refusal) {
      // Several at once that were told nothing yet.
      if (refusal instanceof RateLimiterRes) block(counted, refusal, source)
    }
  }

  function block(counted: number, { msBeforeNext, consumedPoints }: RateLimiterRes, source: string): void {
    const now = clock.now()
    if (waitOf(counted, now) !== null) return
    blocked.set(counted, after(now, seconds(Math.max(1, Math.ceil(msBeforeNext / 1_000)))))
    onExceeded(source, consumedPoints)
  }

  return {
    admit(source) {
      const wait = waitOf(pot(source), clock.now())
      if (wait !== null) onRefused('throttled')
      return wait
    },
    refused(source, reason) {
      onRefused(reason)
      if (!onceGood.has(reason)) void count(source)
    },
  }
}

/** Null once it is over, which then is forgotten. */
function secondsLeft(blocked: Map<number, Instant>, source: number, now: Instant): number | null {
  const until = blocked.get(source)
  if (until === undefined) return null
  if (until > now) return Math.max(1, Math.ceil((until - now) / 1_000))
  blocked.delete(source)
  return null
}

function potsOf(key: Uint8Array): (name: string) => number {
  return (name) => createHmac('sha256', key).update(name).digest().readUInt32BE(0) % potCount
}
