import { LatchkeyError } from '../../foundation/errors.ts'
import type { BusEars, InvalidationBus } from '../../ports/invalidation-bus.ts'
import {
  type Announcer,
  announcementChannel,
  confirmationMessage,
  readAnnouncement,
  readConfirmation,
} from './announcements.ts'
import { type Connection, type Statements, statementsOn } from './connection.ts'
import { Listening } from './listening.ts'
import { postgresMembership } from './membership.ts'
import type { PostgresPool } from './postgres-pool.ts'
import type { Values } from './statement.ts'

/**
 * How long a message to oneself may take at the start, in milliseconds. Shorter: a database that is only busy is
 * taken for a pooler. Longer: an operator waits longer to be told.
 */
const heardWithin = 5_000

const unheard =
  'Nothing is heard on the connection that listens, as behind PgBouncer in transaction mode: connect to PostgreSQL itself or to a pooler in session mode, or switch the cache of sessions off.'

const lostMeanwhile = 'The connection that listens was lost while it was tried.'

const hello = 'hello'

/** Announcements and confirmations by LISTEN and NOTIFY. */
export interface PostgresInvalidationBus extends InvalidationBus {
  close(): void
}

export interface InvalidationBusOptions {
  readonly announcer: Announcer
  /** Called after each announcement of another process. */
  readonly onHeard: () => void
  /** In milliseconds; default `heardWithin`. */
  readonly patience?: number
}

export function postgresInvalidationBus(
  pool: PostgresPool,
  database: Connection,
  { announcer, onHeard, patience = heardWithin }: InvalidationBusOptions,
): PostgresInvalidationBus {
  const ownChannel = `latchkey_confirmations_${announcer.id}`
  let listening: Listening | null = null
  return {
    async join(ears) {
      announcer.tell(ears)
      const greeting = greetingOn(database, ownChannel)
      listening = listeningFor(pool, { announcer, onHeard, ownChannel, ears, greeting })
      await listening.start()
      const cut = setTimeout(greeting.giveUp, patience)
      // Where it fails it goes on listening until it is closed: a database that was only slow is heard later.
      await greeting.heard.finally(() => clearTimeout(cut))
    },
    close: () => listening?.stop(),
  }
}

/** A message to oneself, which shows at the start that messages arrive. */
interface Greeting {
  readonly heard: Promise<void>
  send(): void
  hear(): void
  giveUp(): void
}

function greetingOn(database: Pick<Connection, 'all'>, channel: string): Greeting {
  const { promise: heard, resolve: hear, reject } = Promise.withResolvers<void>()
  heard.catch(() => undefined)
  let sent = 0
  let failure: unknown = null
  return {
    heard,
    hear,
    // From another connection, as all that counts is: a pooler may well bring an answer on the same one.
    send() {
      sent += 1
      database.all('SELECT pg_notify(:channel::text, :hello::text)', { channel, hello }).catch((thrown) => {
        failure = thrown
        if (!(thrown instanceof LatchkeyError) || !thrown.retryable) reject(thrown)
      })
    },
    giveUp() {
      // Sent again after a loss: then the database was away, and nothing is known of a pooler.
      const [code, message] =
        sent > 1 ? (['storage-unavailable', lostMeanwhile] as const) : (['storage-failed', unheard] as const)
      reject(failure ?? new LatchkeyError(code, message))
    },
  }
}

interface Hearing {
  readonly announcer: Announcer
  readonly onHeard: () => void
  readonly ownChannel: string
  readonly ears: BusEars
  readonly greeting: Greeting
}

function listeningFor(
  pool: PostgresPool,
  { announcer, onHeard, ownChannel, ears, greeting }: Hearing,
): Listening {
  let confirming: Confirming | null = null
  const listening = new Listening(pool, {
    channels: [announcementChannel, ownChannel],
    hearing(connection) {
      const statements = inLine(statementsOn(connection))
      confirming = new Confirming(statements)
      greeting.send()
      ears.hearing(postgresMembership(statements, () => listening.lose(connection)))
    },
    lost: () => ears.lost(),
    heard(channel, payload) {
      if (channel === ownChannel) return hearConfirmation(payload)
      const announcement = readAnnouncement(payload)
      if (announcement === null) return
      const { from, number, selections } = announcement
      const to = from === announcer.id ? null : confirming
      ears.invalidated(selections, (nodeId) => to?.confirm(from, number, nodeId))
      if (to !== null) onHeard()
    },
  })
  function hearConfirmation(payload: string): void {
    if (payload === hello) greeting.hear()
    const confirmation = readConfirmation(payload)
    for (const number of confirmation?.numbers ?? []) ears.confirmed(number, confirmation?.nodeId ?? '')
  }
  return listening
}

/** One statement after the other: a connection has room for one. */
function inLine(statements: Statements): Statements {
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    const asked = last.then(run, run)
    last = asked
    return asked
  }
  return {
    all: <Row>(sql: string, values?: Values): Promise<Row[]> =>
      inTurn(() => statements.all<Row>(sql, values)),
    script: (sql) => inTurn(() => statements.script(sql)),
  }
}

/** Sends confirmations on the connection that hears: those that come while some are on their way share the next message. */
class Confirming {
  readonly #statements: Pick<Statements, 'script'>
  #due = new Map<string, Map<string, number[]>>()
  #isSending = false

  constructor(statements: Pick<Statements, 'script'>) {
    this.#statements = statements
  }

  confirm(to: string, number: number, nodeId: string): void {
    const due = this.#due.get(to) ?? new Map<string, number[]>()
    due.set(nodeId, [...(due.get(nodeId) ?? []), number])
    this.#due.set(to, due)
    if (!this.#isSending) void this.#send()
  }

  async #send(): Promise<void> {
    this.#isSending = true
    while (this.#due.size > 0) {
      const notifications = [...this.#due].flatMap(([receiver, byNode]) =>
        [...byNode].map(([nodeId, numbers]) =>
          notification(receiver, confirmationMessage({ nodeId, numbers })),
        ),
      )
      this.#due = new Map()
      try {
        await this.#statements.script(notifications.join(';'))
      } catch {
        // The connection is lost: whoever waits fences this node, which registers anew.
        break
      }
    }
    this.#isSending = false
  }
}

/** As text, which is less work for both sides than a prepared statement with arrays: every ending waits for it. */
function notification(receiver: string, message: string): string {
  return `NOTIFY "latchkey_confirmations_${quoted(receiver, '"')}", '${quoted(message, "'")}'`
}

function quoted(text: string, quote: string): string {
  return text.replaceAll(quote, quote + quote)
}
