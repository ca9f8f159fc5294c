import { LatchkeyError } from 'latchkey'
import type { PostgresPlace } from '../configuration/postgres-url.ts'
import { StartError } from './start-error.ts'

/** Why a PostgreSQL database cannot be used. Both are sentences without their full stop, and hold no password. */
export interface PostgresObstacle {
  readonly saw: string
  readonly mend: string
}

type Explain = (place: PostgresPlace, message: string) => PostgresObstacle

/** By what the driver or Node says: its `code`, or where there is none, words of its message. */
const byCode: Readonly<Record<string, Explain>> = {
  ECONNREFUSED: (place) => ({
    saw: `Nothing listens at ${address(place)}`,
    mend: 'start PostgreSQL there, or put the right host and port into LATCHKEY_DATABASE_URL',
  }),
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ENOENT: (place, message) =>
    message.startsWith('connect ')
      ? {
          saw: `There is no socket of PostgreSQL in ${place.host}`,
          mend: 'start PostgreSQL, or put the right folder and port into LATCHKEY_DATABASE_URL',
        }
      : {
          saw: 'A certificate or key file that LATCHKEY_DATABASE_URL names does not exist',
          mend: 'correct sslrootcert, sslcert and sslkey',
        },
  EHOSTUNREACH: noAnswer,
  ENETUNREACH: noAnswer,
  ETIMEDOUT: noAnswer,
  ERR_TLS_CERT_ALTNAME_INVALID: (place) => ({
    saw: `The certificate of the server at ${address(place)} is for another name`,
    mend: 'put the name that it is for into LATCHKEY_DATABASE_URL',
  }),
  '28P01': refusedSignIn,
  '28000': (place, message) =>
    /no encryption|SSL off/.test(message)
      ? {
          saw: `The server at ${address(place)} takes no connection of ${user(place)} to ${place.database} without encryption`,
          mend: 'add ?sslmode=verify-full to LATCHKEY_DATABASE_URL',
        }
      : refusedSignIn(place),
  '3D000': (place) => ({
    saw: `There is no database "${place.database}" at ${address(place)}`,
    mend: `make it (createdb ${place.database}), or put the right name into LATCHKEY_DATABASE_URL`,
  }),
  '53300': (place) => ({
    saw: `The server at ${address(place)} has no connection left for ${user(place)}`,
    mend: 'raise max_connections there or the limit of the user, or lower LATCHKEY_DATABASE_POOL_SIZE on the nodes',
  }),
  '57P03': (place) => ({
    saw: `The server at ${address(place)} is starting up or shutting down`,
    mend: 'try again in a moment',
  }),
  '08P01': (place, message) =>
    /unsupported startup parameter/.test(message)
      ? {
          saw: `A connection pooler answers at ${address(place)}, and refuses the time limits that Latchkey sets`,
          mend: 'name PostgreSQL itself in LATCHKEY_DATABASE_URL',
        }
      : noAnswer(place),
  // A statement that was prepared on another connection, or by somebody else on this one.
  '26000': sharedConnections,
  '42P05': sharedConnections,
}

const byWords: readonly (readonly [RegExp, Explain])[] = [
  [
    /does not support SSL/,
    (place) => ({
      saw: `LATCHKEY_DATABASE_URL asks for encryption (sslmode), which the server at ${address(place)} does not offer`,
      mend: 'turn it on there, or take sslmode out where the network is your own',
    }),
  ],
  [
    /client password must be a string/,
    (place) => ({
      saw: `The server at ${address(place)} asks for the password of ${user(place)}, and LATCHKEY_DATABASE_URL has none`,
      mend: 'put it there (postgres://user:password@…), or into PGPASSWORD',
    }),
  ],
  [/timeout/i, noAnswer],
]

/** Node's codes for a certificate that leads to no authority it trusts, or is out of date. */
const certificateCodes = /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|CERT_)/

/** What stood in the way of a connection; null when it was something else. */
export function postgresObstacle(thrown: unknown, place: PostgresPlace): PostgresObstacle | null {
  const cause = causeOf(thrown)
  const code = codeOf(cause)
  const message = cause instanceof Error ? cause.message : ''
  if (certificateCodes.test(code)) return untrusted(place, code)
  const explain = byCode[code] ?? byWords.find(([words]) => words.test(message))?.[1]
  return explain ? explain(place, message) : null
}

export function startErrorOf({ saw, mend }: PostgresObstacle, cause?: unknown): StartError {
  return new StartError(`${saw}; ${mend}.`, { cause })
}

function causeOf(thrown: unknown): unknown {
  const cause = thrown instanceof LatchkeyError ? thrown.cause : thrown
  // Where a name has several addresses, each failed in its own way.
  return cause instanceof AggregateError ? cause.errors[0] : cause
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

function address({ host, port }: PostgresPlace): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function user({ user: name }: PostgresPlace): string {
  return name === '' ? 'this user' : `user "${name}"`
}

function unknownHost(place: PostgresPlace): PostgresObstacle {
  return {
    saw: `The host "${place.host}" is not known here`,
    mend: 'put the right name into LATCHKEY_DATABASE_URL, or see to the name service of this machine',
  }
}

function noAnswer(place: PostgresPlace): PostgresObstacle {
  return {
    saw: `No PostgreSQL answers at ${address(place)}`,
    mend: 'see whether host and port in LATCHKEY_DATABASE_URL are right, and whether a firewall stands between',
  }
}

function sharedConnections(place: PostgresPlace): PostgresObstacle {
  return {
    saw: `A connection pooler answers at ${address(place)}, and gives each transaction another connection`,
    mend: 'name PostgreSQL itself in LATCHKEY_DATABASE_URL, or let the pooler work by session',
  }
}

function refusedSignIn(place: PostgresPlace): PostgresObstacle {
  return {
    saw: `The server at ${address(place)} refused to sign in ${user(place)}`,
    mend: 'put the right user and password into LATCHKEY_DATABASE_URL, or let them in by pg_hba.conf',
  }
}

function untrusted(place: PostgresPlace, code: string): PostgresObstacle {
  return {
    saw: `The certificate of the server at ${address(place)} is not trusted here (${code})`,
    mend: 'name that of its authority: ?sslmode=verify-full&sslrootcert=/path/to/authority.crt',
  }
}
