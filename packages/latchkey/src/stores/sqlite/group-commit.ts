import { LatchkeyError } from '../../foundation/errors.ts'
import type { Connection } from './connection.ts'

/** Runs changes in groups: those asked for in one turn of the event loop share one transaction and one flush of the disk. */
export interface GroupCommit {
  /**
   * Runs `change`, which must be synchronous, in the next transaction; resolves with what it returns once that
   * is durable. When it throws, only what it did itself is undone. `let-sleep`: it writes no event, so that whoever follows
   * the log need not look; what they themselves write would wake them again and again.
   */
  write<Result>(change: () => Result, feed?: 'wake' | 'let-sleep'): Promise<Result>
  /** Runs at once what is waiting. */
  flush(): void
}

interface Waiting {
  readonly wakes: boolean
  /** Runs the change and remembers its result. */
  readonly attempt: () => void
  readonly acknowledge: () => void
  readonly reject: (error: unknown) => void
}

/**
 * How often and how long, in milliseconds, a group waits for another process to release the lock: five seconds in
 * all with SQLite's own wait. Shorter: writes fail while somebody copies the file. Longer: callers hang.
 */
const attemptsWhileBusy = 40
const pauseWhileBusy = 25

export function groupCommit(connection: Connection, committed: () => void): GroupCommit {
  let waiting: Waiting[] = []
  let scheduled = false
  let busyAttempts = 0

  function flush(patience: 'retry' | 'give-up'): void {
    const group = waiting
    waiting = []
    scheduled = false
    if (group.length === 0) return
    rollBack(connection)
    try {
      connection.run('BEGIN IMMEDIATE')
      busyAttempts = 0
    } catch (thrown) {
      busyAttempts += 1
      if (patience === 'retry' && isBusy(thrown) && busyAttempts < attemptsWhileBusy) {
        waiting = group
        scheduled = true
        setTimeout(() => flush('retry'), pauseWhileBusy)
      } else {
        busyAttempts = 0
        for (const change of group) change.reject(thrown)
      }
      return
    }
    if (runGroup(connection, group) && group.some(({ wakes }) => wakes)) committed()
  }

  return {
    write: (change, feed = 'wake') =>
      new Promise((resolve, reject) => {
        waiting.push({ ...waitingFor(change, resolve, reject), wakes: feed === 'wake' })
        if (scheduled) return
        scheduled = true
        setImmediate(() => flush('retry'))
      }),
    flush: () => flush('give-up'),
  }
}

function waitingFor<Result>(
  change: () => Result,
  resolve: (result: Result) => void,
  reject: (error: unknown) => void,
): Omit<Waiting, 'wakes'> {
  let result: { readonly value: Result } | null = null
  return {
    attempt() {
      result = { value: change() }
    },
    acknowledge() {
      if (result) resolve(result.value)
    },
    reject,
  }
}

/** Runs a group whose transaction has begun, and ends that. Whether anything was committed. */
function runGroup(connection: Connection, group: readonly Waiting[]): boolean {
  const done: Waiting[] = []
  for (const [index, change] of group.entries()) {
    try {
      runOne(connection, change)
      done.push(change)
    } catch (thrown) {
      change.reject(thrown)
      // Some failures end the whole transaction. What the others did is undone then, so they run again without this one.
      if (!connection.inTransaction()) return runAgain(connection, [...done, ...group.slice(index + 1)])
    }
  }
  try {
    connection.run('COMMIT')
  } catch (thrown) {
    rollBack(connection)
    for (const change of done) change.reject(thrown)
    return false
  }
  for (const change of done) change.acknowledge()
  return true
}

function runAgain(connection: Connection, group: readonly Waiting[]): boolean {
  if (group.length === 0) return false
  try {
    connection.run('BEGIN IMMEDIATE')
  } catch (thrown) {
    for (const change of group) change.reject(thrown)
    return false
  }
  return runGroup(connection, group)
}

/** A savepoint of its own, so that a change that fails leaves the rest of the group alone. */
function runOne(connection: Connection, change: Waiting): void {
  connection.run('SAVEPOINT change')
  try {
    change.attempt()
    connection.run('RELEASE change')
  } catch (thrown) {
    undo(connection)
    throw thrown
  }
}

/** Where even undoing fails, the whole transaction is given up: half a change is never committed. */
function undo(connection: Connection): void {
  if (!connection.inTransaction()) return
  try {
    connection.run('ROLLBACK TO change')
    connection.run('RELEASE change')
  } catch {
    rollBack(connection)
  }
}

/** Where this fails the connection stays in its transaction, and the next group tries again before it begins. */
function rollBack(connection: Connection): void {
  if (!connection.inTransaction()) return
  try {
    connection.script('ROLLBACK')
  } catch {
    // The callers are told of what went wrong first.
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof LatchkeyError && thrown.code === 'storage-busy'
}
