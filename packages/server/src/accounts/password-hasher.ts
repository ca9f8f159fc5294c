import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** Turns passwords into what may be kept, and checks them against it. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Null, where there is no account: takes as long as any other check and is false. */
  verify(passwordHash: string | null, password: string): Promise<boolean>
}

/** Thrown when more passwords wait to be checked than memory should be given to. */
export class TooManyPasswords extends Error {
  override readonly name = 'TooManyPasswords'
}

/**
 * Argon2id with the parameters of the OWASP Password Storage Cheat Sheet: m = 19 MiB, t = 2, p = 1. Lower
 * makes a stolen database cheaper to break; higher makes a flood of sign-ins dearer to stand.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** At once: 2 × 19 MiB, and half of libuv's four threads stay free for everything else. */
const concurrency = 2

/** Waiting: at 25 ms a check the last one waits for about a second. */
const longestQueue = 64

export function argon2Hasher(): PasswordHasher {
  const limited = boundedConcurrency(concurrency, longestQueue)
  const decoy = hash(randomBytes(16), parameters)
  decoy.catch(() => {})
  return {
    hash: (password) => limited(() => hash(password, parameters)),
    verify: (passwordHash, password) =>
      limited(async () => {
        const matches = await verify(passwordHash ?? (await decoy), password)
        return matches && passwordHash !== null
      }),
  }
}

type Limited = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Runs at most `atOnce` pieces of work at a time, lets `queued` more wait in order, and refuses the rest. */
export function boundedConcurrency(atOnce: number, queued: number): Limited {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= queued) throw new TooManyPasswords('Too many passwords are being checked.')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
