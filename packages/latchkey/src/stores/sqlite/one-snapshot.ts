import type { Connection } from './connection.ts'

/** Several reads as of one moment, though other processes go on writing. Begun and ended in one synchronous turn. */
export function inOneSnapshot<Result>(connection: Connection, read: () => Result): Result {
  connection.run('BEGIN DEFERRED')
  try {
    return read()
  } finally {
    if (connection.inTransaction()) connection.script('ROLLBACK')
  }
}
