import { createHmac, randomBytes } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { addressGroup } from './address-group.ts'

/** Who tries to sign in, and where. */
export interface SignInAttempt {
  /** The address or id that was given, whether there is such an account or not. */
  readonly account: string
  /** Null where it is unknown: all such attempts count as one address. */
  readonly ipAddress: string | null
}

/** Slows down guessing. Counts in memory: a restart forgets, several processes count apart. */
export interface SignInThrottle {
  /** Counts the attempt before it is made, so that a hundred at once are no way around. Null: go on; else seconds to wait. */
  admit(attempt: SignInAttempt): Promise<number | null>
  /** Takes back what `admit` counted: the password was right. */
  succeeded(attempt: SignInAttempt): Promise<void>
  /** Takes back this one attempt and no earlier one: nobody came to look at the password. */
  unchecked(attempt: SignInAttempt): Promise<void>
}

/** Failures in a quarter of an hour. Fewer: people who mistype are locked out. */
const perAccount = { points: 10, duration: 900 }

/** Failures in a day; NIST SP 800-63B-4 section 3.2.2 allows 100 in a row. */
const perAccountAndDay = { points: 100, duration: 86_400 }

/** Failures in a quarter of an hour over all accounts. Higher than an account's: many people may sit behind one address. */
const perAddress = { points: 50, duration: 900 }

/**
 * Accounts and addresses are counted in this many pots, so that a flood of invented ones takes at most some
 * 60 MB. Which ones share a pot changes with each start and cannot be worked out from outside.
 */
const potCount = 131_072

export function createSignInThrottle(): SignInThrottle {
  const addresses = new RateLimiterMemory(perAddress)
  const accounts = [new RateLimiterMemory(perAccount), new RateLimiterMemory(perAccountAndDay)]
  const pot = potsOf(randomBytes(32))
  return {
    admit: async ({ account, ipAddress }) => {
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

async function consume(limiter: RateLimiterMemory, key: number): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000))
    throw refusal
  }
}
