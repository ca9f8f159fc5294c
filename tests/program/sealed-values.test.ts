import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { databaseUrl, startPostgres } from '../running-postgres.ts'
import { type RunningProgram, runCommand, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { asService, signedIn, Visitor } from '../visitor.ts'

/** A database that can be looked at and changed behind the program's back. */
interface Database {
  readonly settings: Readonly<Record<string, string>>
  /** Everything that is stored, in any form in which somebody might find it. */
  dump(): Promise<Buffer>
  run(statement: string): Promise<void>
}

const canaries = {
  address: '203.0.113.77',
  address6: '2001:db8:77:abcd::1234',
  userAgent: 'canary-agent-5f2c81',
  canvas: 'canary-canvas-90bd3a',
  fonts: 'canary-fonts-17e6d4',
}
const browser = (name: string) =>
  `Mozilla/5.0 (X11; Linux x86_64; ${name}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36`

/** As itself, as hex, and as base64 at each of the three places where it may begin in a longer text. */
function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text)
  const shifted = [0, 1, 2].map((by) => {
    const whole = Buffer.concat([Buffer.alloc(by), bytes]).toString('base64')
    return whole.slice(by === 0 ? 0 : 4, -4)
  })
  const base64Url = shifted.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))
  return [text, bytes.toString('hex'), ...shifted, ...base64Url].map((form) => Buffer.from(form))
}

function expectNoCanary(where: string, content: Buffer): void {
  for (const [name, text] of Object.entries(canaries)) {
    for (const form of formsOf(text)) expect(content.includes(form), `${name} in ${where}`).toBe(false)
  }
}

async function sqliteDatabase(folder: string): Promise<Database> {
  const data = `${folder}/.latchkey`
  const opened = (use: (database: DatabaseSync) => void): void => {
    const database = new DatabaseSync(`${data}/latchkey.db`)
    use(database)
    database.close()
  }
  return {
    settings: {},
    // The files as they are: what is in no row any more would be found there, too.
    dump: async () => Buffer.concat(readdirSync(data).map((name) => readFileSync(`${data}/${name}`))),
    run: async (statement) => opened((database) => database.exec(statement)),
  }
}

async function postgresDatabase(): Promise<Database> {
  const postgres = await startPostgres()
  onTestFinished(() => postgres.dispose())
  const settings = await postgres.newSchema()
  async function asked(statement: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client(settings)
    await client.connect()
    try {
      return (await client.query(statement)).rows
    } finally {
      await client.end()
    }
  }
  return {
    settings: { LATCHKEY_DATABASE_URL: databaseUrl(settings) },
    async dump() {
      const tables = await asked(
        `SELECT tablename FROM pg_tables WHERE schemaname = ANY (current_schemas(false))`,
      )
      expect(tables.length).toBeGreaterThan(5)
      const rows = await Promise.all(
        tables.map(({ tablename }) => asked(`SELECT t::text AS row FROM "${tablename}" AS t`)),
      )
      return Buffer.from(JSON.stringify(rows))
    },
    run: async (statement) => void (await asked(statement)),
  }
}

interface Visited {
  readonly visitor: Visitor
  readonly program: RunningProgram
}

/** Everything that brings an address, a user agent or a fingerprint to the program. */
async function visit(folder: string, database: Database): Promise<Visited> {
  const program = await startAdministered(folder, settingsOf(database))
  const visitor = new Visitor(program.url)
  const headers = { 'x-forwarded-for': canaries.address, 'user-agent': browser(canaries.userAgent) }
  const { email, password } = { email: 'admin@example.com', password: 'correct horse battery staple' }
  const signIn = await visitor.send('POST', '/api/v1/auth/login', { email, password }, headers)
  expect(signIn.status, signIn.text).toBe(200)
  const { canvas, fonts } = canaries
  const taken = await visitor.send(
    'POST',
    '/api/v1/security/fingerprint',
    { components: { canvas, fonts }, consent: true },
    headers,
  )
  expect(taken.status, taken.text).toBe(200)
  const hinted = { ip_address: canaries.address6, user_agent: browser(canaries.userAgent) }
  const created = await asService(program, 'POST', '/api/v1/sessions', { user_id: 'ada', ...hinted })
  expect(created.status, created.text).toBe(201)
  await asService(program, 'POST', '/api/v1/sessions/verify', { token: created.body.token, ...hinted })
  await visitor.send('POST', '/api/v1/auth/login', { email, password: 'wrong' }, headers)
  await visitor.send(
    'POST',
    '/api/v1/auth/login',
    { email: canaries.userAgent, password: [headers] },
    headers,
  )
  await visitor.send('GET', `/nowhere/${canaries.address}?${canaries.userAgent}`, undefined, headers)
  await visitor.send('POST', '/api/v1/auth/reauthenticate', { password }, headers)
  return { visitor, program }
}

function settingsOf({ settings }: Database): Record<string, string> {
  return {
    LATCHKEY_TRUSTED_PROXIES: '127.0.0.1',
    LATCHKEY_FINGERPRINTING: 'on',
    LATCHKEY_LOG_LEVEL: 'trace',
    ...settings,
  }
}

async function ownAddress(visitor: Visitor): Promise<unknown> {
  const answer = await visitor.send('GET', '/api/v1/security/sessions/current')
  expect(answer.status, answer.text).toBe(200)
  return answer.body.ip_address
}

/** Beside the server that runs. */
async function expectRotation(folder: string, database: Database): Promise<void> {
  const settings = settingsOf(database)
  const rotated = await runCommand(folder, ['keys', 'rotate', '--json'], settings)
  expect(JSON.parse(rotated.stdout).tables).toMatchObject([
    { table: 'user_sessions', rotation: 'begun', sealed: 4, unreadable: 0 },
    { table: 'user_devices', rotation: 'begun', sealed: 1, unreadable: 0 },
  ])
  const doctor = await runCommand(folder, ['doctor', '--json'], settings)
  const checks: { check: string; status: string; saw: string }[] = JSON.parse(doctor.stdout).checks
  expect(checks).toContainEqual(expect.objectContaining({ check: 'data-keys', status: 'ok' }))
}

const roads = {
  SQLite: sqliteDatabase,
  PostgreSQL: () => postgresDatabase(),
}

describe.each(Object.entries(roads))('on %s', (_engine, open) => {
  it('no address, user agent or fingerprint is found in the database or in the log, and with the keys gone sessions go on', async () => {
    const folder = temporaryFolder()
    const database = await open(folder)
    const { visitor, program } = await visit(folder, database)
    const found = await visitor.send('GET', `/api/v1/admin/sessions?ip_address=${canaries.address6}`)
    expect(found.body.sessions, found.text).toMatchObject([{ user_id: 'ada', ip_address: canaries.address6 }])
    expect(await ownAddress(visitor)).toBe(canaries.address)
    await expectRotation(folder, database)
    expect(await ownAddress(visitor)).toBe(canaries.address)

    const whileRunning = await database.dump()
    const ended = await program.end('SIGTERM')
    const stored = Buffer.concat([whileRunning, await database.dump()])
    expectNoCanary('the database', stored)
    expectNoCanary('the log', Buffer.from(ended.stdout + ended.stderr))
    // The search finds what is there.
    expect(stored.includes(visitor.token.split('.')[0] ?? '?')).toBe(true)

    await database.run('DELETE FROM session_data_keys')
    const next = await startAdministered(folder, settingsOf(database))
    const again = new Visitor(next.url)
    again.cookie = visitor.cookie
    expect(await ownAddress(again)).toBeNull()
    const { token } = again
    const verified = await asService(next, 'POST', '/api/v1/sessions/verify', { token })
    expect(verified.body).toMatchObject({ active: true })
    const lines = next.stderr().split('\n')
    const told = lines.filter((line) => line.includes('"keys-lost"')).map((line) => JSON.parse(line))
    expect(told.map(({ level, table }) => [level, table])).toEqual([
      [40, 'user_sessions'],
      [40, 'user_devices'],
    ])
    expect(told[0]?.msg).toMatch(/^Addresses and user agents .* cannot be read/)

    const later = await signedIn(next)
    expect(await ownAddress(later)).toBe('127.0.0.1')
    expectNoCanary('the database', await database.dump())
  })
})
