import { type ErrorCode, LatchkeyError } from '../../foundation/errors.ts'

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that say more than "it failed". */
const codesByResult: Readonly<Record<number, ErrorCode>> = {
  3: 'storage-unavailable', // SQLITE_PERM
  5: 'storage-busy', // SQLITE_BUSY
  6: 'storage-busy', // SQLITE_LOCKED
  7: 'storage-unavailable', // SQLITE_NOMEM
  8: 'storage-unavailable', // SQLITE_READONLY
  10: 'storage-unavailable', // SQLITE_IOERR
  11: 'storage-corrupt', // SQLITE_CORRUPT
  13: 'storage-unavailable', // SQLITE_FULL
  14: 'storage-unavailable', // SQLITE_CANTOPEN
  26: 'storage-corrupt', // SQLITE_NOTADB
}

const messages: Readonly<Partial<Record<ErrorCode, string>>> = {
  'storage-busy': 'The database file is locked by another process.',
  'storage-corrupt': 'The database file is damaged or is not a database. Nothing in it was changed.',
  'storage-unavailable':
    'The database file cannot be read or written: look at the disk, the path and its permissions.',
  'storage-failed': 'The database refused an operation; this is a defect or a changed schema.',
}

/** What the driver threw as an error of the library. The driver's own stays as its cause. */
export function storageError(thrown: unknown): LatchkeyError {
  if (thrown instanceof LatchkeyError) return thrown
  const code = codesByResult[resultCode(thrown) & 0xff] ?? 'storage-failed'
  return new LatchkeyError(code, messages[code] ?? 'The database failed.', { cause: thrown })
}

function resultCode(thrown: unknown): number {
  const code = thrown instanceof Error && 'errcode' in thrown ? thrown.errcode : null
  return typeof code === 'number' ? code : 0
}
