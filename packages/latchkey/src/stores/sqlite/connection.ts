import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { LatchkeyError } from '../../foundation/errors.ts'
import { storageError } from './storage-error.ts'

export type Values = Readonly<Record<string, SQLInputValue>>

/** The one connection of a storage. Everything it throws is a `LatchkeyError`. */
export interface Connection {
  /** Makes the file, readable by its owner only, where there is none. Changes nothing in one that exists. */
  open(): void
  close(): void
  /** The first row, typed as its caller says that the statement brings it. */
  get<Row>(sql: string, values?: Values): Row | undefined
  all<Row>(sql: string, values?: Values): Row[]
  /** How many rows were changed. */
  run(sql: string, values?: Values): number
  /** Several statements at once, none of them kept. */
  script(sql: string): void
  inTransaction(): boolean
  /** The text of every statement that has been kept: a test asks the planner about each. */
  statements(): readonly string[]
}

/**
 * How long SQLite itself waits for a lock, in milliseconds. The event loop stands still meanwhile, so it is short;
 * `group-commit` tries again without holding anything up.
 */
const busyTimeout = 100

/** `read-only`: neither the file nor anything beside it is made or changed. */
export type Access = 'read-write' | 'read-only'

/** `beforeStatement` sees each statement before it runs, and may throw in its place: how tests break a disk. */
export function sqliteConnection(
  path: string,
  beforeStatement: (sql: string) => void,
  access: Access = 'read-write',
): Connection {
  let database: DatabaseSync | null = null
  let state: 'new' | 'open' | 'closed' = 'new'
  const kept = new Map<string, StatementSync>()

  function opened(): DatabaseSync {
    if (database) return database
    throw new LatchkeyError('closed', `The storage is ${state === 'new' ? 'not open yet' : 'closed'}.`)
  }

  function prepared(sql: string): StatementSync {
    const connection = opened()
    beforeStatement(sql)
    const known = kept.get(sql)
    if (known) return known
    const statement = connection.prepare(sql)
    kept.set(sql, statement)
    return statement
  }

  return {
    open: () =>
      translated(() => {
        if (state === 'closed') throw new LatchkeyError('closed', 'The storage is closed.')
        if (access === 'read-write' && path !== ':memory:') makePrivateFile(path)
        database = new DatabaseSync(access === 'read-only' ? locationForReading(path) : path, {
          readOnly: access === 'read-only',
          timeout: busyTimeout,
          enableForeignKeyConstraints: true,
          allowUnknownNamedParameters: true,
        })
        state = 'open'
      }),
    close() {
      state = 'closed'
      kept.clear()
      database?.close()
      database = null
    },
    get: <Row>(sql: string, values: Values = {}) =>
      translated(() => prepared(sql).get(values) as Row | undefined),
    all: <Row>(sql: string, values: Values = {}) => translated(() => prepared(sql).all(values) as Row[]),
    run: (sql, values = {}) => translated(() => Number(prepared(sql).run(values).changes)),
    script: (sql) =>
      translated(() => {
        const connection = opened()
        beforeStatement(sql)
        connection.exec(sql)
      }),
    inTransaction: () => database?.isTransaction ?? false,
    statements: () => [...kept.keys()],
  }
}

function translated<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    throw storageError(thrown)
  }
}

/**
 * Where no process has the file open there is no write-ahead log beside it. Reading it in the ordinary way would
 * make one and leave it behind, so it is read as a file that does not change. Whoever starts to write in that
 * very moment is not seen, or makes the reading fail.
 */
function locationForReading(path: string): string | URL {
  if (existsSync(`${path}-wal`)) return path
  const location = pathToFileURL(path)
  location.searchParams.set('immutable', '1')
  return location
}

/** Sessions carry addresses and names: the file is its owner's only. SQLite gives its side files the same mode. */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (thrown) {
    // What else is wrong with the path shows when SQLite opens it.
    if (!(thrown instanceof Error)) throw thrown
  }
}
