/// <reference path="./rate-limiter-store.d.ts" />
import { after, between, type Clock, instantOf, milliseconds } from 'latchkey'
import { RateLimiterRes } from 'rate-limiter-flexible'
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js'
import type { AttemptStore, CountedAttempts } from './attempt-store.ts'

/** How many attempts are let through, and in how many seconds. */
export interface AttemptLimit {
  /** Begins the keys of its counts; two limits must not share one. */
  readonly name: string
  readonly points: number
  readonly duration: number
}

export interface AttemptCounting {
  readonly store: AttemptStore
  readonly clock: Pick<Clock, 'now'>
}

/**
 * A limiter of `rate-limiter-flexible` over an `AttemptStore`. The methods below are what the library asks of a store.
 * Where the database is away, they reject, and with them everything that asks whether there is an attempt left.
 */
export class AttemptLimiter extends RateLimiterStoreAbstract {
  readonly #counting: AttemptCounting

  constructor({ name, points, duration }: AttemptLimit, counting: AttemptCounting) {
    super({ keyPrefix: name, points, duration, storeClient: counting.store })
    this.#counting = counting
  }

  _upsert(key: string, points: number, durationInMilliseconds: number): Promise<CountedAttempts> {
    const { store, clock } = this.#counting
    const now = clock.now()
    return store.add(key, points, { now, expiresAt: after(now, milliseconds(durationInMilliseconds)) })
  }

  _get(key: string): Promise<CountedAttempts | null> {
    const { store, clock } = this.#counting
    return store.find(key, clock.now())
  }

  _delete(key: string): Promise<boolean> {
    return this.#counting.store.remove(key)
  }

  _getRateLimiterRes(_key: string, changed: number, { points, expiresAt }: CountedAttempts): RateLimiterRes {
    const left = between(this.#counting.clock.now(), instantOf(expiresAt))
    return new RateLimiterRes(
      Math.max(0, this.points - points),
      Math.max(0, left),
      points,
      points === changed,
    )
  }
}
