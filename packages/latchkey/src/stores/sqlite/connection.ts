import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { LatchkeyError } from '../../foundation/errors.ts'
import { storageError } from './storage-error.ts'

export type Values = Readonly<Record<string, SQLInputValue>>

/** For `?` in order. SQLite looks for each name among all of a statement, which is most of what a wide insert costs. */
export type ValuesInOrder = readonly SQLInputValue[]

/** The one connection of a storage. Everything it throws is a `LatchkeyError`. */
export interface Connection {
  /** Makes the file, readable by its owner only, where there is none. Changes nothing in one that exists. */
  open(): void
  /** `reopenable`: for an opening that failed, so that it can be tried again. */
  close(afterwards: 'reopenable' | 'for-good'): void
  /** The first row, typed as its caller says that the statement brings it. */
  get<Row>(sql: string, values?: Values | ValuesInOrder): Row | undefined
  all<Row>(sql: string, values?: Values): Row[]
  /** How many rows were changed. */
  run(sql: string, values?: Values | ValuesInOrder): number
  /** Another number whenever another connection, here or elsewhere, has changed the file. */
  dataVersion(): number
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

/**
 * Asked before each answer from a cache, so it is spared what other statements cost: a row comes as an array. What
 * is left, 1.6 microseconds, are the system calls that lock the log, look at the file and unlock. The counter in
 * the header of the `-shm` file could be read by one call; but whoever closes that file releases the locks
 * of every connection of the process (https://sqlite.org/howtocorrupt.html, section 2.2).
 */
const dataVersionSql = 'PRAGMA data_version'

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
  const opened = (): DatabaseSync => database ?? refuse(state)
  const { using, forget, texts } = keptStatements(opened, beforeStatement)
  const version = keptDataVersion(opened, beforeStatement)
  return {
    open() {
      if (state === 'closed') refuse(state)
      database = translated(() => openDatabase(path, access))
      state = 'open'
    },
    close(afterwards) {
      const closing = database
      state = afterwards === 'reopenable' ? 'new' : 'closed'
      database = null
      version.forget()
      forget()
      translated(() => closing?.close())
    },
    get: <Row>(sql: string, values: Values | ValuesInOrder = {}) =>
      using(sql, (statement) => firstOf(statement, values) as Row | undefined),
    all: <Row>(sql: string, values: Values = {}) => using(sql, (statement) => statement.all(values) as Row[]),
    run: (sql, values = []) => using(sql, (statement) => changesOf(statement, values)),
    dataVersion: version.read,
    script: (sql) =>
      translated(() => {
        beforeStatement(sql)
        opened().exec(sql)
      }),
    inTransaction: () => database?.isTransaction ?? false,
    statements: texts,
  }
}

function changesOf(statement: StatementSync, values: Values | ValuesInOrder): number {
  const { changes } = isInOrder(values) ? statement.run(...values) : statement.run(values)
  return Number(changes)
}

function firstOf(statement: StatementSync, values: Values | ValuesInOrder): unknown {
  return isInOrder(values) ? statement.get(...values) : statement.get(values)
}

function isInOrder(values: Values | ValuesInOrder): values is ValuesInOrder {
  return Array.isArray(values)
}

function refuse(state: 'new' | 'open' | 'closed'): never {
  throw new LatchkeyError('closed', `The storage is ${state === 'new' ? 'not open yet' : 'closed'}.`)
}

interface KeptStatements {
  /** Runs a statement, prepared the first time and kept. */
  using<Result>(sql: string, run: (statement: StatementSync) => Result): Result
  forget(): void
  texts(): readonly string[]
}

function keptStatements(opened: () => DatabaseSync, beforeStatement: (sql: string) => void): KeptStatements {
  const kept = new Map<string, StatementSync>()
  return {
    using: (sql, run) =>
      translated(() => {
        const database = opened()
        beforeStatement(sql)
        const known = kept.get(sql)
        const statement = known ?? database.prepare(sql)
        if (!known) kept.set(sql, statement)
        return run(statement)
      }),
    forget: () => kept.clear(),
    texts: () => [...kept.keys()],
  }
}

function keptDataVersion(
  opened: () => DatabaseSync,
  beforeStatement: (sql: string) => void,
): { readonly read: () => number; readonly forget: () => void } {
  let statement: StatementSync | null = null
  return {
    read() {
      try {
        beforeStatement(dataVersionSql)
        statement ??= arrayStatement(opened(), dataVersionSql)
        return (statement.get() as unknown as readonly [number])[0]
      } catch (thrown) {
        throw storageError(thrown)
      }
    },
    forget() {
      statement = null
    },
  }
}

function arrayStatement(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}

function translated<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    throw storageError(thrown)
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
