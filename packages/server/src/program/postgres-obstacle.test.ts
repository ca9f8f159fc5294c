import { LatchkeyError } from 'latchkey'
import { describe, expect, it } from 'vitest'
import { postgresObstacle, startErrorOf } from './postgres-obstacle.ts'

const place = { host: 'db.example.com', port: 5432, database: 'sessions', user: 'ada' }

function failure(code: string, message = 'password=canary'): Error {
  return Object.assign(new Error(message), code === '' ? {} : { code })
}

describe('what stands in the way of a connection is said with what to do:', () => {
  it.each([
    ['ECONNREFUSED', '', /Nothing listens at db\.example\.com:5432; start PostgreSQL/],
    ['ENOTFOUND', '', /host "db\.example\.com" is not known here; /],
    ['EAI_AGAIN', '', /is not known here/],
    ['ENOENT', 'connect ENOENT /run/.s.PGSQL.5432', /no socket of PostgreSQL/],
    ['ENOENT', 'ENOENT: no such file or directory, open', /certificate or key file .* does not exist/],
    ['ETIMEDOUT', '', /No PostgreSQL answers at .*firewall/],
    ['', 'timeout exceeded when trying to connect', /No PostgreSQL answers/],
    ['', 'Connection terminated due to connection timeout', /No PostgreSQL answers/],
    ['28P01', '', /refused to sign in user "ada"; put the right user and password/],
    ['28000', 'no pg_hba.conf entry for host "192.0.2.1", no encryption', /sslmode=verify-full/],
    ['28000', 'role "ada" does not exist', /refused to sign in/],
    ['3D000', '', /There is no database "sessions" .*; make it \(createdb sessions\)/],
    ['53300', '', /no connection left for user "ada"; raise max_connections/],
    ['57P03', '', /starting up or shutting down; try again/],
    ['08P01', 'unsupported startup parameter: statement_timeout', /pooler .*; name PostgreSQL itself/],
    ['26000', 'prepared statement "x" does not exist', /each transaction another connection; name Postgre/],
    ['42P05', 'prepared statement "x" already exists', /each transaction another connection/],
    ['', 'SASL: client password must be a string', /asks for the password of user "ada", .*; put it there/],
    ['', 'The server does not support SSL connections', /does not offer; turn it on there/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', '', /not trusted here .*sslrootcert/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', '', /is for another name/],
  ])('%s %s', (code, message, sentence) => {
    const thrown = new LatchkeyError('storage-unavailable', 'It cannot be reached.', {
      cause: failure(code, message === '' ? undefined : message),
    })
    const obstacle = postgresObstacle(thrown, place)
    const said = obstacle ? startErrorOf(obstacle).message : ''
    expect(said).toMatch(sentence)
    expect(said).not.toContain('canary')
    expect(postgresObstacle(thrown.cause, place)).toEqual(obstacle)
  })

  it('also where a name has several addresses', () => {
    const several = new AggregateError([failure('ECONNREFUSED'), failure('ETIMEDOUT')])
    expect(postgresObstacle(several, place)?.saw).toMatch(/Nothing listens/)
  })
})

it('what is no obstacle of a connection is left alone', () => {
  expect(postgresObstacle(new TypeError('x is not a function'), place)).toBeNull()
  expect(postgresObstacle(new LatchkeyError('storage-too-new', 'It is newer.'), place)).toBeNull()
})
