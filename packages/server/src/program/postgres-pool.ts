import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'pg'
import type { DatabaseSettings } from '../configuration/settings.ts'

export type PostgresSettings = Extract<DatabaseSettings, { readonly kind: 'postgres' }>

/** What the connections are for: answering requests, or work that a person or a deployment waits for. */
export type PostgresPurpose = 'requests' | 'maintenance'

/**
 * How long is waited for a connection, a new one or one that comes free, in milliseconds. Shorter: a database that
 * is far away or just restarting cannot be reached at all. Longer: each request hangs that long while it is away.
 */
const connectTimeout = 3_000

/**
 * When the server gives up a statement of a request, in milliseconds; then it holds no lock any more. Each takes
 * milliseconds. Shorter: searches over millions of sessions fail. Longer: what hangs takes others' connections with it.
 */
const statementTimeout = 5_000

/**
 * When this side gives up waiting for an answer, in milliseconds: for a network that swallows it. The connection is
 * closed then. Not more than the server's limit: answers that are still under way are thrown away.
 */
const queryTimeout = 6_000

/**
 * When the server ends a connection that stands still within a transaction, in milliseconds: its process was
 * suspended, and holds locks. Shorter: a process whose turns are long loses a transaction, and answers 503. Longer:
 * sign-ins and endings of all the others wait for the one that is suspended.
 */
const idleInTransactionTimeout = 5_000

/** How long an unused connection is kept, in milliseconds. Shorter: each burst of requests begins with new ones. */
const idleTimeout = 60_000

/** After how much silence TCP asks whether the other side is still there, in milliseconds. Longer: a firewall forgets the connection first. */
const keepAliveDelay = 10_000

/**
 * How long a connection may take to say good-bye, in milliseconds. Shorter: PostgreSQL notes in its log that the
 * client vanished. Longer: with a server that hangs, a stop takes that much of its 10 s.
 */
const endTimeout = 1_000

/** For work that waits for nobody else: one that works, one that listens, one that looks at the events. */
const maintenancePoolSize = 3

/**
 * The just-in-time compiler takes up to a second for a statement that takes milliseconds. Not a parameter of the
 * connection's start, which a PgBouncer refuses.
 */
const withoutCompiler = 'SET jit = off'

/** Never opens a connection by itself. The caller ends it. */
export function postgresPool(
  { connectionString, poolSize }: PostgresSettings,
  purpose: PostgresPurpose,
): Pool {
  const pool = new Pool({
    connectionString,
    max: purpose === 'requests' ? poolSize : maintenancePoolSize,
    connectionTimeoutMillis: connectTimeout,
    idleTimeoutMillis: idleTimeout,
    // Or else a connection that nobody uses any more, to a server that hangs, would keep the process.
    allowExitOnIdle: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelay,
    application_name: 'latchkey',
    idle_in_transaction_session_timeout: idleInTransactionTimeout,
    // The connection is handed out afterwards.
    onConnect: (client) => client.query(withoutCompiler),
    ...(purpose === 'requests' && { statement_timeout: statementTimeout, query_timeout: queryTimeout }),
  })
  // A connection that breaks while nobody uses it is replaced; where nobody listened, that would end the process.
  pool.on('error', () => {})
  return pool
}

/** Closes every connection; those of a server that hangs are left to end with the process. */
export async function endPool(pool: Pool): Promise<void> {
  const abandoned = new AbortController()
  const patience = wait(endTimeout, undefined, { signal: abandoned.signal }).catch(() => {})
  await Promise.race([pool.end(), patience])
  abandoned.abort()
}
