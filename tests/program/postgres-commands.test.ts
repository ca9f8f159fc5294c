import type { Pool, PoolConfig } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type EndedHere, runCommandHere } from '../command-line-here.ts'
import { databaseUrl, newPool, type PostgresUnderTest, startPostgres } from '../running-postgres.ts'
import { serviceKey, startProgram } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let postgres: PostgresUnderTest
let settings: PoolConfig
let pool: Pool
let folder: string

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.dispose())

beforeEach(async () => {
  settings = await postgres.newSchema()
  pool = newPool(settings)
  folder = temporaryFolder()
})
afterEach(() => pool.end())

function run(...words: readonly string[]): Promise<EndedHere> {
  return runCommandHere(folder, words, { LATCHKEY_DATABASE_URL: databaseUrl(settings) })
}

async function json(...words: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(...words, '--json')
  return JSON.parse(stdout)
}

interface Check {
  readonly check: string
  readonly status: string
  readonly saw: string
  readonly mend: string | null
}

async function findings(): Promise<Record<string, Check>> {
  const { checks } = (await json('doctor')) as unknown as { readonly checks: readonly Check[] }
  return Object.fromEntries(checks.map((check) => [check.check, check]))
}

describe('commands on PostgreSQL', () => {
  it.each([
    ['sessions', 'list'],
    ['sessions', 'revoke', '--user', 'ada'],
    ['cleanup'],
    ['selftest'],
    ['api-keys', 'list'],
  ])('make no schema where there is none, and say so: %s %s', async (...words) => {
    const ended = await run(...words.filter((word) => word !== undefined))
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(/^There is no schema of Latchkey in postgres:.*latchkey migrate makes it/)
    expect(ended.stderr).not.toContain('for-tests-only')
    const { rows } = await pool.query(
      'SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace',
    )
    expect(rows).toEqual([])
  })

  it('fill an empty database with sessions, list and end them, and leave a filled one alone', async () => {
    const demo = await run('demo', '--users', '4', '--days', '5')
    expect(demo).toMatchObject({ status: 0, stdout: expect.stringMatching(/sessions of 4 users in 5 days/) })
    expect((await run('demo')).stderr).toMatch(/already; .* Name a new one\.\n$/)
    const { sessions } = (await json('sessions', 'list', '--limit', '1')) as {
      sessions: readonly { readonly id: string; readonly user_id: string }[]
    }
    const [session] = sessions
    expect((await run('sessions', 'revoke', session?.id ?? '')).stdout).toMatch(/has ended/)
    expect((await run('sessions', 'revoke', '--user', session?.user_id ?? '')).status).toBe(0)
    expect((await run('sessions', 'list', '--user', session?.user_id ?? '')).stdout).toBe(
      'No session fits.\n',
    )
    expect(await json('cleanup')).toEqual({ ended: expect.any(Number), forgotten: 0 })
  })

  it('walk a user through everything, and leave nothing behind', async () => {
    await run('migrate')
    expect(await run('selftest')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/Everything works\.\n$/),
    })
    const { rows } = await pool.query('SELECT count(*)::int AS sessions FROM user_sessions')
    expect(rows).toEqual([{ sessions: 0 }])
  })

  it('make accounts and keys with which a running node lets in', async () => {
    const node = await startProgram(folder, { LATCHKEY_DATABASE_URL: databaseUrl(settings) })
    const { password } = await json('users', 'create', '--email', 'ann@example.com', '--role', 'admin')
    const { key, api_key } = (await json('api-keys', 'create', '--name', 'shop')) as {
      key: string
      api_key: { id: string }
    }
    const count = () =>
      fetch(`${node.url}/api/v1/users/ada/sessions/count`, { headers: { Authorization: `Bearer ${key}` } })
    const login = await fetch(`${node.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: node.url },
      body: JSON.stringify({ email: 'ann@example.com', password }),
    })
    expect(login.status).toBe(200)
    expect((await count()).status).toBe(200)
    expect((await run('api-keys', 'revoke', api_key.id)).status).toBe(0)
    await expect.poll(async () => (await count()).status, { timeout: 30_000 }).toBe(401)
    expect((await run('api-keys', 'list')).stdout).toMatch(/revoked .* shop/)
    expect((await run('users', 'create', '--email', 'ANN@example.com')).stderr).toMatch(/account already/)
    const ended = await node.end('SIGTERM')
    expect(ended.status).toBe(0)
    expect(ended.stdout + ended.stderr).not.toContain('for-tests-only')
  })

  it('end what a node has just accepted, before they return', async () => {
    const node = await startProgram(folder, { LATCHKEY_DATABASE_URL: databaseUrl(settings) })
    const post = async (path: string, body: unknown) => {
      const answer = await fetch(`${node.url}/api/v1/${path}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${serviceKey}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      return answer.json() as Promise<Record<string, unknown>>
    }
    const { token, session } = await post('sessions', { user_id: 'ada' })
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await post('sessions/verify', { token })).toMatchObject({ active: true })
    }
    const { id } = session as { readonly id: string }
    const revoked = await run('sessions', 'revoke', id)
    expect(revoked.stdout).toMatch(
      /^Session ses_\w+ has ended\.\nNo node accepts it any more: 1 node confirmed it, after \d+ ms\.\n$/,
    )
    const metrics = await (await fetch(`${node.url}/metrics`)).text()
    expect(metrics).toMatch(/^latchkey_cache_current 1$/m)
    expect(metrics).toMatch(/^latchkey_cache_answers_total\{from="cache"\} [1-9]/m)
    expect(await post('sessions/verify', { token })).toEqual({ active: false, reason: 'revoked' })
    expect((await node.end('SIGTERM')).status).toBe(0)
  })

  it('disable users and cut off beside a running node, and find an entry of the audit log that was altered', async () => {
    const node = await startProgram(folder, { LATCHKEY_DATABASE_URL: databaseUrl(settings) })
    const post = (path: string, body: unknown) =>
      fetch(`${node.url}/api/v1/${path}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${serviceKey}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const signedIn = async (userId: string) =>
      ((await (await post('sessions', { user_id: userId })).json()) as { token: string }).token
    const verified = async (token: string) => (await post('sessions/verify', { token })).json()
    const [ada, bo] = [await signedIn('ada'), await signedIn('bo')]
    expect(await verified(bo)).toMatchObject({ active: true })

    expect((await run('users', 'disable', 'ada')).stdout).toMatch(/ended with it: 1\nNo node accepts it/)
    expect(await verified(ada)).toEqual({ active: false, reason: 'revoked' })
    expect((await post('sessions', { user_id: 'ada' })).status).toBe(403)
    expect((await run('users', 'enable', 'ada')).status).toBe(0)
    expect((await post('sessions', { user_id: 'ada' })).status).toBe(201)
    expect((await run('sessions', 'cut-off', '--everybody')).status).toBe(0)
    expect(await verified(bo)).toEqual({ active: false, reason: 'revoked' })

    const { entries } = (await json('audit', 'list', '--actor', 'command-line')) as {
      entries: readonly { readonly type: string; readonly user_id: string | null }[]
    }
    expect(entries.filter(({ type }) => type.startsWith('cut-off'))).toMatchObject([
      { type: 'cut-off.set', user_id: null, after: { scope: 'everybody' } },
      { type: 'cut-off.lifted', user_id: 'ada' },
      { type: 'cut-off.set', user_id: 'ada', after: { scope: 'user' } },
    ])
    expect((await run('audit', 'list', '--type', 'policy.changed')).stdout).toContain('policy.changed')
    expect((await node.end('SIGTERM')).status).toBe(0)
    expect(await json('audit', 'verify')).toMatchObject({ intact: true, unlinked: 0 })
    await pool.query("UPDATE session_event_log SET user_id = 'eve' WHERE type = 'cut-off.lifted'")
    expect(await run('audit', 'verify')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/were changed, added or removed after they were written/),
    })
  })
})

describe('doctor on PostgreSQL', () => {
  it('says that there is no schema yet, and makes none', async () => {
    const ended = await run('doctor')
    expect(ended).toMatchObject({ status: 1, stderr: '1 check failed.\n' })
    expect(ended.stdout).toMatch(
      /^failed +database .*schema that this version needs\.\n +To mend: .*latchkey migrate/,
    )
    expect(ended.stdout).not.toContain('for-tests-only')
    const { rows } = await pool.query("SELECT to_regclass('user_sessions') AS made")
    expect(rows).toEqual([{ made: null }])
  })

  it('is content with a new database, but for what makes it fast in tests, and changes nothing', async () => {
    await run('demo', '--users', '3', '--days', '3')
    const everything = async () =>
      (await pool.query("SELECT schema_to_xml(current_schema()::name, true, true, '')")).rows
    const before = await everything()
    expect(await findings()).toMatchObject({
      database: {
        status: 'warning',
        saw: expect.stringMatching(/PostgreSQL \d+\.\d+\) runs with fsync off/),
      },
      keys: { status: 'ok' },
      clock: { status: 'ok', saw: expect.stringContaining('that of the database') },
      counters: { status: 'ok' },
      addresses: { status: 'ok' },
    })
    expect(await everything()).toEqual(before)
  })

  it('finds a counter that does not equal the rows, and another master secret', async () => {
    await run('demo', '--users', '3', '--days', '3')
    await pool.query(
      'DELETE FROM user_sessions WHERE id IN (SELECT id FROM user_sessions WHERE is_active LIMIT 1)',
    )
    folder = temporaryFolder()
    expect(await findings()).toMatchObject({
      counters: { status: 'failed' },
      keys: { status: 'failed', mend: expect.stringContaining('migrate --adopt-secret') },
    })
  })

  it('names the nodes that run, and those that have fallen silent', async () => {
    const node = await startProgram(folder, { LATCHKEY_DATABASE_URL: databaseUrl(settings) })
    await expect
      .poll(async () => (await findings())['nodes']?.saw)
      .toMatch(/^Answering from their caches: .+:\d+\./)
    await node.end('SIGKILL')
    await pool.query("UPDATE session_nodes SET renewed_at = renewed_at - interval '1 minute'")
    expect((await findings())['nodes']).toMatchObject({
      status: 'warning',
      saw: expect.stringMatching(/^Registered and silent: .+ \(not fenced, silent for 6\d\.\d s\)/),
    })
    await pool.query('DELETE FROM session_nodes')
    expect((await findings())['nodes']).toMatchObject({ status: 'ok' })
  })

  it('names what stands in the way', async () => {
    settings = { ...settings, password: 'canary' }
    const { database, clock } = await findings()
    expect(database).toMatchObject({
      status: 'failed',
      saw: expect.stringContaining('refused to sign in'),
      mend: expect.stringMatching(/^Put the right user and password/),
    })
    expect(JSON.stringify(database)).not.toContain('canary')
    expect(clock?.status).toBe('skipped')
  })
})
