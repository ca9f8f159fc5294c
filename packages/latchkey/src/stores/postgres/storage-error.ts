import { type ErrorCode, LatchkeyError } from '../../foundation/errors.ts'

interface Meaning {
  readonly code: ErrorCode
  readonly message: string
}

const away: Meaning = {
  code: 'storage-unavailable',
  message: 'The database cannot be reached, or the connection to it broke.',
}
const busy: Meaning = { code: 'storage-busy', message: 'The database was busy with other changes.' }
const failed: Meaning = {
  code: 'storage-failed',
  message: 'The database refused an operation; this is a defect or a changed schema.',
}

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), whole or its class. */
const meanings: Readonly<Record<string, Meaning>> = {
  '08': away,
  '28': {
    code: 'storage-unavailable',
    message: 'The database refused the sign-in: look at the user and the password of the connection.',
  },
  '3D000': { code: 'storage-unavailable', message: 'There is no database of the name in the connection.' },
  '53': {
    code: 'storage-unavailable',
    message: 'The database is out of disk, memory or connections.',
  },
  '57': away,
  '58': { code: 'storage-unavailable', message: 'The database cannot read or write its files.' },
  '25006': {
    code: 'storage-unavailable',
    message: 'The database is read-only: it is a replica, or was set so.',
  },
  '40': busy,
  '55P03': busy,
  '57014': { code: 'storage-busy', message: 'The database gave up on a statement that took too long.' },
  '42501': {
    code: 'storage-failed',
    message: 'The database user lacks a privilege on the tables of Latchkey: see docs/postgresql.md.',
  },
  XX001: { code: 'storage-corrupt', message: 'The database is damaged.' },
  XX002: { code: 'storage-corrupt', message: 'The database is damaged.' },
}

/** What the driver threw as an error of the library. The driver's own stays as its cause. */
export function storageError(thrown: unknown): LatchkeyError {
  if (thrown instanceof LatchkeyError) return thrown
  const { code, message } = meaningOf(thrown)
  return new LatchkeyError(code, message, { cause: thrown })
}

/** Whether the values of one statement were refused, so that others may be taken. */
export function isRefusedData(thrown: unknown): boolean {
  const state = thrown instanceof LatchkeyError ? sqlState(thrown.cause) : null
  return state !== null && /^2[23]/.test(state)
}

function meaningOf(thrown: unknown): Meaning {
  const state = sqlState(thrown)
  if (state !== null) return meanings[state] ?? meanings[state.slice(0, 2)] ?? failed
  // What carries no SQLSTATE was not said by the database: the driver or the network did.
  return thrown instanceof TypeError || thrown instanceof RangeError ? failed : away
}

/** Five characters, the first of them a digit or one of few letters: `EPIPE` is none. */
function sqlState(thrown: unknown): string | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
  return typeof code === 'string' && /^(?:[0-9FHPX][0-9A-Z]{4})$/.test(code) ? code : null
}
