import { createHmac } from 'node:crypto'
import { type Duration, minutes } from 'latchkey'
import { RateLimiterRes } from 'rate-limiter-flexible'
import { addressGroup } from './address-group.ts'
import { type AttemptCounting, AttemptLimiter } from './attempt-limiter.ts'
import type { AttemptStore } from './attempt-store.ts'

/** Who tries to sign in, and where. */
export interface SignInAttempt {
  /** The address or id that was given, whether there is such an account or not. */
  readonly account: string
  /** Null where it is unknown: all such attempts count as one address. */
  readonly ipAddress: string | null
}

/**
 * Slows down guessing. Counts in the database: a restart forgets nothing, and all nodes count together. While the
 * database is away every method rejects, so that nobody gets further than this.
 */
export interface SignInThrottle {
  /** Counts the attempt before it is made, so that a hundred at once are no way around. Null: go on; else seconds to wait. */
  admit(attempt: SignInAttempt): Promise<number | null>
  /** Takes back what `admit` counted: the password was right. */
  succeeded(attempt: SignInAttempt): Promise<void>
  /** Takes back this one attempt and no earlier one: nobody came to look at the password. */
  unchecked(attempt: SignInAttempt): Promise<void>
}

export interface SignInThrottleOptions extends AttemptCounting {
  /** The master secret: accounts and addresses are counted under what a key from it makes of them. */
  readonly secret: Uint8Array
}

/** Failures in a quarter of an hour. Fewer: people who mistype are locked out. */
const perAccount = { name: 'account', points: 10, duration: 900 }

/** Failures in a day; NIST SP 800-63B-4 section 3.2.2 allows 100 in a row. */
const perAccountAndDay = { name: 'account-day', points: 100, duration: 86_400 }

/** Failures in a quarter of an hour over all accounts. Higher than an account's: many people may sit behind one address. */
const perAddress = { name: 'address', points: 50, duration: 900 }

/**
 * Accounts and addresses are counted in this many pots, so that a flood of invented ones takes at most some
 * 40 MB of the database. Which ones share a pot cannot be worked out without the master secret, nor from a pot who is in it.
 */
const potCount = 131_072

/** What the master secret keys for this purpose and no other. */
const label = 'latchkey: pots of sign-in attempts, version 1'

export function createSignInThrottle(options: SignInThrottleOptions): SignInThrottle {
  const addresses = new AttemptLimiter(perAddress, options)
  const accounts = [perAccount, perAccountAndDay].map((limit) => new AttemptLimiter(limit, options))
  const pot = potsOf(createHmac('sha256', options.secret).update(label).digest())
  const cleanUpSometimes = cleaner(options)
  return {
    admit: async ({ account, ipAddress }) => {
      cleanUpSometimes()
      // The address first: one that is stopped does not use up the attempts of the account's owner.
      const wait = await consume(addresses, pot(addressGroup(ipAddress)))
      if (wait !== null) return wait
      for (const limiter of accounts) {
        const wait = await consume(limiter, pot(account))
        if (wait !== null) return wait
      }
      return null
    },
    succeeded: async ({ account, ipAddress }) => {
      await addresses.reward(pot(addressGroup(ipAddress)))
      for (const limiter of accounts) await limiter.delete(pot(account))
    },
    unchecked: async ({ account, ipAddress }) => {
      await addresses.reward(pot(addressGroup(ipAddress)))
      for (const limiter of accounts) await limiter.reward(pot(account))
    },
  }
}

function potsOf(key: Uint8Array): (name: string) => number {
  return (name) => createHmac('sha256', key).update(name).digest().readUInt32BE(0) % potCount
}

/** Looks before it counts: who is stopped already costs a read, and no write that waits for the disk. */
async function consume(limiter: AttemptLimiter, key: number): Promise<number | null> {
  const known = await limiter.get(key)
  if (known !== null && known.consumedPoints >= limiter.points) return secondsUntil(known)
  try {
    await limiter.consume(key)
    return null
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return secondsUntil(refusal)
    throw refusal
  }
}

function secondsUntil({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000))
}

/** Longer: more counts that are over lie about. Shorter: more writes beside the ones that count. */
const cleanupInterval: Duration = minutes(1)
/** As many as a minute's flood can bring; a step that nobody waits for long. */
const cleanupStep = 5_000

/** By attempts and not by a timer: without attempts there is nothing new to clean up. */
function cleaner({ store, clock }: { store: AttemptStore } & Pick<AttemptCounting, 'clock'>): () => void {
  let cleanedAt = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock.now()
    if (now - cleanedAt < cleanupInterval) return
    cleanedAt = now
    // What fails here fails for the attempt as well, and is said there.
    store.cleanup(now, cleanupStep).catch(() => {})
  }
}
