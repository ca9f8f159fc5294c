import type { PostgresConnection, PostgresPool } from './postgres-pool.ts'

/**
 * How long to wait before the connection is tried again, in milliseconds: doubling, and half of it random, so that
 * the nodes of a database that was restarted do not return in one moment. Longer: live pages and caches do
 * without it, which is slower, for longer.
 */
const firstDelay = 250
const longestDelay = 2_000

/** What is listened to, and who is told. */
export interface Listener {
  readonly channels: readonly string[]
  /** On a new connection, before it listens. */
  prepare?(connection: PostgresConnection): Promise<void>
  /** From now on, on this connection; also after each loss. Whatever was said before was not heard. */
  hearing(connection: PostgresConnection): void
  heard(channel: string, payload: string): void
  lost(): void
}

/** Listens on a connection of its own, taken out of the pool, and on another one after each loss. */
export class Listening {
  readonly #pool: PostgresPool
  readonly #listener: Listener
  #connection: PostgresConnection | null = null
  #isHearing = false
  #timer: NodeJS.Timeout | undefined
  #isStopped = false
  /** Until a connection has lasted for a while: one that is lost as soon as it is there is tried ever more seldom, too. */
  #failures = 0
  #calm: NodeJS.Timeout | undefined

  constructor(pool: PostgresPool, listener: Listener) {
    this.#pool = pool
    this.#listener = listener
  }

  /** Rejects when the first attempt fails; others follow all the same. */
  async start(): Promise<void> {
    try {
      await this.#begin()
    } catch (thrown) {
      this.#startLater()
      throw thrown
    }
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    if (this.#connection) this.lose(this.#connection)
  }

  /** Gives a connection up that is of no use any more. It does not go back into the pool, where it would listen on. */
  lose(connection: PostgresConnection): void {
    if (this.#connection !== connection) return
    this.#connection = null
    clearTimeout(this.#calm)
    connection.release(true)
    if (this.#isHearing) this.#listener.lost()
    this.#isHearing = false
    this.#startLater()
  }

  #startLater(): void {
    if (this.#isStopped || this.#connection || this.#timer) return
    const whole = Math.min(longestDelay, firstDelay * 2 ** Math.min(this.#failures, 10))
    this.#failures += 1
    const delay = whole / 2 + (whole / 2) * Math.random()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#begin().catch(() => this.#startLater())
    }, delay).unref()
  }

  async #begin(): Promise<void> {
    const connection = await this.#pool.connect()
    if (this.#isStopped) return connection.release(true)
    this.#connection = connection
    connection.on('error', () => this.lose(connection))
    connection.on('end', () => this.lose(connection))
    connection.on('notification', ({ channel, payload }) => {
      if (this.#connection === connection) this.#listener.heard(channel, payload ?? '')
    })
    try {
      await this.#listener.prepare?.(connection)
      await connection.query({ text: this.#listener.channels.map((name) => `LISTEN "${name}"`).join(';') })
    } catch (thrown) {
      this.lose(connection)
      throw thrown
    }
    if (this.#connection !== connection) return
    this.#calm = setTimeout(() => {
      this.#failures = 0
    }, longestDelay).unref()
    this.#isHearing = true
    this.#listener.hearing(connection)
  }
}
