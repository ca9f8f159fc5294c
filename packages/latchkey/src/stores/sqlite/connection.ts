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
  /** `reopenable`: for an opening that failed, so that it can be tried again. */
  close(afterwards: 'reopenable' | 'for-good'): void
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
  let kept = new Map<string, StatementSync>()

  function opened(): DatabaseSync {
    if (database) return database
    throw new LatchkeyError('closed', `The storage is ${state === 'new' ? 'not open yet' : 'closed'}.`)
  }

  /** Runs a statement, prepared once and kept. */
  function using<Result>(sql: string, run: (statement: StatementSync) => Result): Result {
    return translated(() => {
      const connection = opened()
      beforeStatement(sql)
      const statement = kept.get(sql) ?? connection.prepare(sql)
      kept.set(sql, statement)
      return run(statement)
    })
  }

  return {
    open() {
      if (state === 'closed') opened()
      database = translated(() => openDatabase(path, access))
      state = 'open'
    },
    close(afterwards) {
      const closing = database
      state = afterwards === 'reopenable' ? 'new' : 'closed'
      database = null
      kept = new Map()
      translated(() => closing?.close())
    },
    get: <Row>(sql: string, values: Values = {}) =>
      using(sql, (statement) => statement.get(values) as Row | undefined),
    all: <Row>(sql: string, values: Values = {}) => using(sql, (statement) => statement.all(values) as Row[]),
    run: (sql, values = {}) => using(sql, (statement) => Number(statement.run(values).changes)),
    script: (sql) => translated(() => runScript(opened(), sql, beforeStatement)),
    inTransaction: () => database?.isTransaction ?? false,
    statements: () => [...kept.keys()],
  }
}

function openDatabase(path: string, access: Access): DatabaseSync {
  if (access === 'read-write' && path !== ':memory:') makePrivateFile(path)
  return new DatabaseSync(access === 'read-only' ? locationForReading(path) : path, {
    readOnly: access === 'read-only',
    timeout: busyTimeout,
    enableForeignKeyConstraints: true,
    allowUnknownNamedParameters: true,
  })
}

function runScript(database: DatabaseSync, sql: string, beforeStatement: (sql: string) => void): void {
  beforeStatement(sql)
  database.exec(sql)
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
