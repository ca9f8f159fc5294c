import type { Pool, PoolConfig } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type EndedHere, runCommandHere } from '../command-line-here.ts'
import { databaseUrl, newPool, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { serviceKey, startProgram } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let postgres: PostgresUnderTest
let settings: PoolConfig
let pool: Pool

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.dispose())

beforeEach(async () => {
  settings = await postgres.newSchema()
  pool = newPool(settings)
})
afterEach(() => pool.end())

function migrate(...words: readonly string[]): Promise<EndedHere> {
  return runCommandHere(temporaryFolder(), ['migrate', ...words], {
    LATCHKEY_DATABASE_URL: databaseUrl(settings),
  })
}

async function tables(): Promise<string[]> {
  const { rows } = await pool.query(
    `SELECT relname || ' ' || relkind::text AS name FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

it('prints the SQL without touching the database, and that SQL makes what migrate makes', async () => {
  const printed = await migrate('--print', '--partitions', '3')
  expect(printed).toMatchObject({ status: 0, stderr: '' })
  expect(await tables()).toEqual([])
  await pool.query(printed.stdout)
  const byHand = await tables()
  expect(byHand.filter((name) => /^user_sessions_p?\d+ r$/.test(name)).length).toBeLessThanOrEqual(3)
  expect((await migrate('--partitions', '3')).status).toBe(0)
  expect(await tables()).toEqual(byHand)

  settings = await postgres.newSchema()
  await pool.end()
  pool = newPool(settings)
  expect((await migrate('--partitions', '3')).status).toBe(0)
  expect(await tables()).toEqual(byHand)
})

it('prints the SQL where no server is at all', async () => {
  const { status, stdout } = await runCommandHere(temporaryFolder(), ['migrate', '--print', '--json'], {
    LATCHKEY_DATABASE_URL: 'postgres://ada:canary@192.0.2.1/x',
  })
  expect(status).toBe(0)
  expect(JSON.parse(stdout).sql).toMatch(/CREATE TABLE user_sessions[\s\S]*CREATE TABLE accounts/)
  expect(stdout).not.toContain('canary')
})

it('says so when the table is there and laid out otherwise', async () => {
  expect(await migrate('--partitions', '2')).toMatchObject({ status: 0, stderr: '' })
  const otherwise = await migrate('--partitions', '5')
  expect(otherwise).toMatchObject({
    status: 1,
    stderr:
      'The table user_sessions was there already and has 2 partitions; --partitions has no effect on it.\n',
  })
  expect(otherwise.stdout).toContain('is up to date')
  expect(await migrate('--partitions', '2')).toMatchObject({ status: 0 })
  expect(await migrate()).toMatchObject({ status: 0 })
  expect((await migrate('--partitions', '0')).stderr).toContain('has 2 partitions')
})

it.each(['-1', '1025', 'many'])('refuses %s partitions as wrong use', async (number) => {
  expect((await migrate('--partitions', number)).status).toBe(2)
  expect(await tables()).toEqual([])
})

it('of four at once each is done, and each step is taken once', async () => {
  const ended = await Promise.all([migrate(), migrate('--json'), migrate(), migrate()])
  expect(ended.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
    Array(4).fill({ status: 0, stderr: '' }),
  )
  const { rows } = await pool.query('SELECT version FROM program_schema ORDER BY version')
  expect(rows).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }])
  expect(ended.map(({ stdout }) => stdout).join('')).not.toContain('for-tests-only')
})

it('two nodes that start on an empty database at once both serve, and go on while it is migrated', async () => {
  const shared = {
    LATCHKEY_DATABASE_URL: databaseUrl(settings),
    LATCHKEY_SECRET: Buffer.alloc(32, 7).toString('base64'),
  }
  const nodes = await Promise.all([
    startProgram(temporaryFolder(), shared),
    startProgram(temporaryFolder(), shared),
  ])
  const create = (url: string) =>
    fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${serviceKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ user_id: 'ada' }),
    })
  let isMigrating = true
  const migrating = Promise.all([migrate(), migrate()]).finally(() => {
    isMigrating = false
  })
  const statuses = new Set<number>()
  while (isMigrating) for (const { url } of nodes) statuses.add((await create(url)).status)
  expect((await migrating).map(({ status }) => status)).toEqual([0, 0])
  expect([...statuses]).toEqual([201])
  for (const node of nodes) expect((await node.end('SIGTERM')).status).toBe(0)
})

it('a node in service goes on when a newer version has added to the tables of the program, and not without them', async () => {
  const node = await startProgram(temporaryFolder(), { LATCHKEY_DATABASE_URL: databaseUrl(settings) })
  const ready = async () => (await fetch(`${node.url}/readyz`)).status
  await pool.query('INSERT INTO program_schema VALUES (999)')
  expect(await ready()).toBe(200)
  await pool.query('DELETE FROM program_schema')
  expect(await ready()).toBe(503)
})

it('its flags for PostgreSQL are a wrong use where the database is a file', async () => {
  for (const words of [['--print'], ['--partitions', '2'], ['--adopt-secret']]) {
    const ended = await runCommandHere(temporaryFolder(), ['migrate', ...words])
    expect(ended).toMatchObject({ status: 2, stderr: expect.stringMatching(/are for PostgreSQL/) })
  }
})
