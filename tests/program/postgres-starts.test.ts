import type { Pool, PoolConfig } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EndedHere, runCommandHere } from '../command-line-here.ts'
import { databaseUrl, newPool, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let postgres: PostgresUnderTest
let settings: PoolConfig
let owner: Pool

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.dispose())

beforeEach(async () => {
  settings = await postgres.newSchema()
  owner = newPool(settings)
})
afterEach(() => owner.end())

function run(url: string, ...words: readonly string[]): Promise<EndedHere> {
  return runCommandHere(temporaryFolder(), words, { LATCHKEY_DATABASE_URL: url, LATCHKEY_PORT: '0' })
}

/** `latchkey serve` says in one sentence what is wrong and what to do, and nobody's password. */
async function expectRefusal(changes: PoolConfig, sentence: RegExp, parameters = ''): Promise<void> {
  const ended = await run(`${databaseUrl(settings, changes)}${parameters}`, 'serve')
  expect(ended.stderr).toMatch(sentence)
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  expect(ended.stderr).toMatch(/; .+\.\n$/)
  expect(ended.stderr).not.toMatch(/for-tests-only|canary|Error:|\bat .*:\d+:\d+/)
}

function withOption(option: string): PoolConfig {
  return { options: `${settings.options} -c ${option}` }
}

/** The schema of the test, which is its owner's alone. */
async function schema(): Promise<string> {
  const { rows } = await owner.query('SELECT current_schema() AS schema')
  return rows[0].schema
}

let roles = 0

/** Somebody else, who may do what the statements say; `$role` and `$schema` stand for names. */
async function visitor(statements: string): Promise<PoolConfig> {
  roles += 1
  const [role, name] = [`visitor_${roles}`, await schema()]
  await owner.query(
    `CREATE ROLE ${role} LOGIN PASSWORD 'canary'; ${statements.replaceAll('$role', role).replaceAll('$schema', name)}`,
  )
  return { user: role, password: 'canary' }
}

async function migrated(): Promise<void> {
  expect((await run(databaseUrl(settings), 'migrate')).status).toBe(0)
}

const everything = `GRANT USAGE ON SCHEMA $schema TO $role;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA $schema TO $role;`

describe('a start is refused', () => {
  it('where nothing listens', async () => {
    await expectRefusal({ port: 1 }, /^Nothing listens at 127\.0\.0\.1:1; start PostgreSQL there/)
  })

  it('where the host is unknown', async () => {
    await expectRefusal({ host: 'db.invalid' }, /^The host "db\.invalid" is not known here; /)
  })

  it('with a wrong password', async () => {
    await expectRefusal({ password: 'canary' }, /refused to sign in user "latchkey"; put the right user/)
  })

  it('with no password where one is asked for', async () => {
    // Which of the two depends on the kind of sign-in that the server asks for.
    await expectRefusal({ password: '' }, /(refused to sign in|asks for the password of) user "latchkey"/)
  })

  it('with an unknown user', async () => {
    await expectRefusal({ user: 'nobody' }, /refused to sign in user "nobody"; /)
  })

  it('with an unknown database', async () => {
    await expectRefusal({ database: 'nowhere' }, /There is no database "nowhere" .*; make it/)
  })

  it('where encryption is asked for and not offered', async () => {
    await expectRefusal({}, /asks for encryption .* does not offer; turn it on/, '&sslmode=require')
  })

  it('where the user has no connection left', async () => {
    await expectRefusal(
      await visitor('ALTER ROLE $role CONNECTION LIMIT 0'),
      /has no connection left for user/,
    )
  })

  it('where the user may not use the schema', async () => {
    await expectRefusal(await visitor(''), /No schema of the search_path .*; .*GRANT USAGE/)
  })

  it('where the user may not make the tables that are missing', async () => {
    const changes = await visitor('GRANT USAGE ON SCHEMA $schema TO $role')
    await expectRefusal(
      changes,
      /does not have the tables .* "visitor_\d+" may not make them; run latchkey migrate/,
    )
  })

  it('where the schema is old, and the user may not change it', async () => {
    await migrated()
    await owner.query('DELETE FROM program_schema')
    await expectRefusal(await visitor(everything), /does not have the tables that this version needs/)
  })

  it('where the user may look at the tables and not write to them', async () => {
    await migrated()
    const changes = await visitor(`${everything} REVOKE INSERT ON session_events, accounts FROM $role;`)
    await expectRefusal(changes, /may not read and write accounts, session_events; .*GRANT SELECT, INSERT/)
  })

  it('where the user may not look at the tables', async () => {
    await migrated()
    const changes = await visitor('GRANT USAGE ON SCHEMA $schema TO $role')
    const { rows } = await owner.query(`SELECT relname FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND relname <> ALL ('{user_sessions_migrations,program_schema}') ORDER BY relname`)
    const every = rows.map(({ relname }) => relname).join(', ')
    await expectRefusal(changes, new RegExp(`may not read and write ${every}; `))
  })

  it('where acknowledged changes may be lost', async () => {
    await expectRefusal(withOption('synchronous_commit=off'), /synchronous_commit is off, .*; set it to on/)
  })

  it('where acknowledged changes of this user may be lost', async () => {
    const changes = await visitor(`${everything}; ALTER ROLE $role SET synchronous_commit = off`)
    await expectRefusal(changes, /synchronous_commit is off, .*; set it to on/)
  })

  it('where acknowledged changes to this database may be lost, and not where the user has them kept', async () => {
    const name = `hasty_${await schema()}`
    await owner.query(`CREATE DATABASE ${name}`)
    await owner.query(`ALTER DATABASE ${name} SET synchronous_commit = off`)
    const inDatabase = { database: name, options: '' }
    await expectRefusal(inDatabase, /synchronous_commit is off, .*; set it to on/)
    const careful = { ...inDatabase, options: '-c synchronous_commit=on' }
    expect(await run(databaseUrl(settings, careful), 'migrate')).toMatchObject({ status: 0 })
  })

  it('where everything is read-only', async () => {
    await expectRefusal(withOption('default_transaction_read_only=on'), /read-only .*; set it to off/)
  })

  it('where text is not UTF8', async () => {
    const name = `latin_${await schema()}`
    await owner.query(`CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
    await expectRefusal({ database: name, options: '' }, /encoding LATIN1, .*; make it anew/)
  })

  it.each(['user_sessions_migrations (number)', 'program_schema (version)'])(
    'where a newer version made the tables, and they stay as they are: %s',
    async (table) => {
      await migrated()
      await owner.query(`INSERT INTO ${table} VALUES (999)`)
      const tables = () => owner.query('SELECT oid, relname, xmin FROM pg_class ORDER BY oid')
      const { rows: before } = await tables()
      await expectRefusal({}, /newer version/)
      expect((await tables()).rows).toEqual(before)
    },
  )
})

describe('a start is not refused', () => {
  it.each(['on', 'local', 'remote_write', 'remote_apply'])('with synchronous_commit=%s', async (value) => {
    const url = databaseUrl(settings, withOption(`synchronous_commit=${value}`))
    expect(await run(url, 'migrate')).toMatchObject({ status: 0 })
  })

  it('to a user who may read and write the tables, and nothing else', async () => {
    await migrated()
    const changes = await visitor(`${everything}
      REVOKE INSERT, UPDATE, DELETE ON user_sessions_migrations, program_schema FROM $role`)
    expect(await run(databaseUrl(settings, changes), 'selftest')).toMatchObject({ status: 0 })
  })
})
