import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import type { Pool, PoolConfig } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type EndedHere, runCommandHere } from '../command-line-here.ts'
import { databaseUrl, newPool, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let postgres: PostgresUnderTest
let settings: PoolConfig

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.dispose())

beforeEach(async () => {
  settings = await postgres.newSchema()
})

function run(
  folder: string,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<EndedHere> {
  return runCommandHere(folder, words, {
    LATCHKEY_DATABASE_URL: databaseUrl(settings),
    LATCHKEY_PORT: '0',
    ...more,
  })
}

/** Any command that opens the program. */
const opening = ['users', 'create', '--email', 'ann@example.com', '--password', 'correct horse battery']

const secretOf = (byte: number) => ({ LATCHKEY_SECRET: Buffer.alloc(32, byte).toString('base64') })

async function withPool<Result>(use: (pool: Pool) => Promise<Result>): Promise<Result> {
  const pool = newPool(settings)
  return use(pool).finally(() => pool.end())
}

it('a node that has another secret than the first one does not start, and says what to do', async () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()]
  expect((await run(first, opening, secretOf(1))).status).toBe(0)
  for (const words of [['serve'], ['selftest']]) {
    const refused = await run(second, words, secretOf(2))
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(refused.stderr).toMatch(
      /^The master secret of this node is not .*; set LATCHKEY_SECRET to the same .*\n$/,
    )
    expect(refused.stderr).not.toContain(secretOf(2).LATCHKEY_SECRET)
  }
  expect((await run(second, ['selftest'], secretOf(1))).status).toBe(0)
})

it('a node without a secret makes none for a database that has one; a copied key file is as good', async () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()]
  expect((await run(first, opening)).status).toBe(0)
  const refused = await run(second, ['serve'])
  expect(refused.stderr).toMatch(
    /^This node has no master secret, .*copy the key file of another one to .*secret/,
  )
  expect(existsSync(`${second}/.latchkey`)).toBe(false)
  mkdirSync(`${second}/.latchkey`, { mode: 0o700 })
  copyFileSync(`${first}/.latchkey/secret`, `${second}/.latchkey/secret`)
  expect((await run(second, ['selftest'])).status).toBe(0)
})

it('of four that come first to a database at once, each with a secret of its own, one is taken', async () => {
  await run(temporaryFolder(), ['migrate'])
  const nodes = await Promise.all(
    [1, 2, 3, 4].map((byte) => run(temporaryFolder(), ['cleanup'], secretOf(byte))),
  )
  expect(nodes.filter(({ status }) => status === 0)).toHaveLength(1)
  expect(
    nodes.map(({ stderr }) => stderr).filter((text) => /is not that of its database/.test(text)),
  ).toHaveLength(3)
})

it('migrating compares no secret and makes none: it may be done from elsewhere', async () => {
  const elsewhere = temporaryFolder()
  expect((await run(elsewhere, ['migrate'])).status).toBe(0)
  expect(existsSync(`${elsewhere}/.latchkey`)).toBe(false)
  expect(await withPool((pool) => pool.query('SELECT * FROM secret_checks'))).toMatchObject({ rows: [] })
})

it('where the secret is lost, that of one node can take its place', async () => {
  const folder = temporaryFolder()
  expect((await run(folder, opening, secretOf(1))).status).toBe(0)
  const adopted = await run(folder, ['migrate', '--adopt-secret'], secretOf(2))
  expect(adopted).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('restart nodes that have another'),
  })
  expect((await run(folder, ['selftest'], secretOf(2))).status).toBe(0)
  expect((await run(folder, ['selftest'], secretOf(1))).status).toBe(1)
  expect(
    JSON.parse((await run(folder, ['migrate', '--adopt-secret', '--json'], secretOf(1))).stdout),
  ).toMatchObject({
    migrated: true,
    secret_adopted: true,
  })
  expect((await run(folder, ['selftest'], secretOf(1))).status).toBe(0)
})

it('a node without a secret has none to adopt, and locks nobody out', async () => {
  expect((await run(temporaryFolder(), opening, secretOf(1))).status).toBe(0)
  const refused = await run(temporaryFolder(), ['migrate', '--adopt-secret'])
  expect(refused).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('no master secret that could be adopted'),
  })
  expect((await run(temporaryFolder(), ['selftest'], secretOf(1))).status).toBe(0)
})

it('the database holds nothing of the secret itself', async () => {
  const folder = temporaryFolder()
  await run(folder, opening)
  const secret = Buffer.from(readFileSync(`${folder}/.latchkey/secret`, 'utf8'), 'base64')
  const { rows } = await withPool((pool) => pool.query('SELECT * FROM secret_checks'))
  expect(rows).toHaveLength(1)
  expect(rows[0].check_value).toHaveLength(32)
  expect(rows[0].check_value.equals(secret)).toBe(false)
})
