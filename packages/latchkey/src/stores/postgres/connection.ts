import { setTimeout as wait } from 'node:timers/promises'
import { LatchkeyError } from '../../foundation/errors.ts'
import type { PostgresConnection, PostgresPool } from './postgres-pool.ts'
import { toQuery, type Values } from './statement.ts'
import { storageError } from './storage-error.ts'

/** Runs single statements and brings their rows, typed as the caller says. Rejects with a `LatchkeyError` only. */
export interface Statements {
  all<Row>(sql: string, values?: Values): Promise<Row[]>
  /** Several statements without values, in one transaction where none is open. */
  script(sql: string): Promise<void>
}

/** What a storage does with its pool. */
export interface Connection extends Statements {
  /**
   * Runs `work` in one transaction on one connection, and again from its beginning when the database gave it up
   * for the sake of another one.
   */
  transaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result>
  /** The whole of what a caller asked for: refused unless the storage is open, and closing waits for it. */
  admit<Result>(work: () => Promise<Result>): Promise<Result>
  /** Runs `prepare`, and is open when it has resolved. */
  open(prepare: () => Promise<void>): Promise<void>
  /** Admits nothing any more; resolves when what was admitted is done. */
  close(): Promise<void>
}

/**
 * How often a change is tried that the database gave up to break a deadlock or a race, and the longest pause
 * before the second try, in milliseconds; it doubles. Fewer: a busy moment shows as 503. More: callers hang.
 */
const attempts = 5
const firstPause = 10

export function postgresConnection(pool: PostgresPool): Connection {
  let state: State = 'new'
  const admitted = new Set<Promise<unknown>>()
  const direct = statementsOn(pool)

  async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
    if (state === 'new' || state === 'closed') refuse(state)
    return againWhereGivenUp(work)
  }

  return {
    all: (sql, values) => patiently(() => direct.all(sql, values)),
    script: (sql) => patiently(() => direct.script(sql)),
    transaction: (work) => patiently(() => inTransaction(pool, work)),
    async admit(work) {
      if (state !== 'open') refuse(state)
      const running = work()
      admitted.add(running)
      return running.finally(() => admitted.delete(running))
    },
    async open(prepare) {
      if (state === 'closing' || state === 'closed') refuse(state)
      await prepare()
      state = 'open'
    },
    async close() {
      if (state !== 'closed') state = 'closing'
      await Promise.allSettled(admitted)
      state = 'closed'
    },
  }
}

/** While it closes, work that was admitted before still goes on. */
type State = 'new' | 'open' | 'closing' | 'closed'

function refuse(state: State): never {
  throw new LatchkeyError('closed', `The storage is ${state === 'new' ? 'not open yet' : 'closed'}.`)
}

export function statementsOn(target: Pick<PostgresPool, 'query'>): Statements {
  return {
    all: <Row>(sql: string, values: Values = {}) =>
      translated(async () => [...(await target.query(toQuery(sql, values))).rows] as Row[]),
    script: (sql) => translated(async () => void (await target.query({ text: sql }))),
  }
}

/**
 * A statement that comes after a lock has to see what was committed before it, whatever the database's own default is.
 *
 * PostgreSQL compiles a statement that it expects to be long, which takes up to a second for one of many parts, each time
 * anew. It expects that of some that end after a few rows, and none of ours is so long that it would pay.
 */
const beginning = 'BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL jit = off'

/** One transaction on a connection of the pool. A connection whose transaction cannot be ended is closed. */
export async function inTransaction<Result>(
  pool: PostgresPool,
  work: (statements: Statements) => Promise<Result>,
): Promise<Result> {
  const connection = await translated(() => pool.connect())
  // One that breaks between two statements says so here, and the next statement meets it.
  const ignore = (): void => {}
  connection.on('error', ignore)
  const statements = statementsOn(connection)
  try {
    await statements.script(beginning)
    const result = await work(statements)
    await statements.script('COMMIT')
    connection.off('error', ignore)
    connection.release()
    return result
  } catch (thrown) {
    const isUsable = await rolledBack(connection)
    connection.off('error', ignore)
    connection.release(!isUsable)
    throw thrown
  }
}

async function rolledBack(connection: PostgresConnection): Promise<boolean> {
  try {
    await connection.query({ text: 'ROLLBACK' })
    return true
  } catch {
    return false
  }
}

async function againWhereGivenUp<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (thrown) {
      if (attempt === attempts || !wasGivenUp(thrown)) throw thrown
    }
    await wait(Math.random() * firstPause * 2 ** (attempt - 1))
  }
}

/** A deadlock or a failed serialization: nothing was changed, and the same may work the next time. */
function wasGivenUp(thrown: unknown): boolean {
  const cause = thrown instanceof LatchkeyError ? thrown.cause : null
  return cause instanceof Error && 'code' in cause && (cause.code === '40001' || cause.code === '40P01')
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    throw storageError(thrown)
  }
}
