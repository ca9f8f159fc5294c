import type { PostgresConnection, PostgresPool } from './postgres-pool.ts'

/** The channel of every storage of a database; the message names the schema. */
export const channel = 'latchkey_events'

/**
 * How long to wait before the connection is tried again, in milliseconds: doubling, and half of it random, so that
 * the nodes of a database that was restarted do not return in one moment. Longer: live pages are served by the
 * looks of `live-feed`, which are slower, for longer.
 */
const firstDelay = 250
const longestDelay = 10_000

/** Listens on a connection of its own and calls `wake` for each message, and once it listens again after a loss. */
export class Listening {
  readonly #pool: PostgresPool
  readonly #wake: () => void
  #connection: PostgresConnection | null = null
  #timer: NodeJS.Timeout | undefined
  #isStopped = false
  #failures = 0

  constructor(pool: PostgresPool, wake: () => void) {
    this.#pool = pool
    this.#wake = wake
    this.#start()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    if (this.#connection) this.#lose(this.#connection)
  }

  #start(): void {
    if (!this.#isStopped) this.#begin().catch(() => this.#startLater())
  }

  #startLater(): void {
    if (this.#isStopped) return
    const whole = Math.min(longestDelay, firstDelay * 2 ** Math.min(this.#failures, 10))
    this.#failures += 1
    this.#timer = setTimeout(() => this.#start(), whole / 2 + (whole / 2) * Math.random()).unref()
  }

  async #begin(): Promise<void> {
    const connection = await this.#pool.connect()
    this.#connection = connection
    connection.on('error', () => this.#lose(connection))
    connection.on('end', () => this.#lose(connection))
    try {
      await this.#listenOn(connection)
    } catch {
      this.#lose(connection)
      return
    }
    if (this.#isStopped) return this.#lose(connection)
    this.#failures = 0
    // Whatever was said before it listened was not heard.
    this.#wake()
  }

  async #listenOn(connection: PostgresConnection): Promise<void> {
    const { rows } = await connection.query({ text: 'SELECT current_schema() AS schema' })
    const { schema } = rows[0] as { schema: string }
    connection.on('notification', ({ payload }) => {
      if (payload === schema && !this.#isStopped) this.#wake()
    })
    await connection.query({ text: `LISTEN ${channel}` })
  }

  /** What the connection may still say is of no interest, and it does not go back into the pool, where it would listen on. */
  #lose(connection: PostgresConnection): void {
    if (this.#connection !== connection) return
    this.#connection = null
    connection.release(true)
    this.#startLater()
  }
}
