import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, createSessions, days, hours, systemClock } from 'latchkey'
import { sqliteStorage } from 'latchkey/sqlite'
import { fakeClock } from 'latchkey/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckName, Finding } from '../diagnosis/finding.ts'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let trial: Trial

beforeEach(() => {
  trial = trialCommandLine()
})
afterEach(() => trial.remove())

const databasePath = () => join(trial.directory, '.latchkey', 'latchkey.db')

async function finding(check: CheckName): Promise<Finding | undefined> {
  const { checks } = (await trial.json('doctor')) as unknown as { checks: Finding[] }
  return checks.find((candidate) => candidate.check === check)
}

async function sql(text: string): Promise<void> {
  const database = new DatabaseSync(databasePath())
  database.exec(text)
  database.close()
}

/** Writes nonsense over the first page of the index, as a failing disk might. */
function damageIndex(name: string): void {
  const database = new DatabaseSync(databasePath())
  const page = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)?.['rootpage']
  const size = database.prepare('PRAGMA page_size').get()?.['page_size']
  database.close()
  const content = readFileSync(databasePath())
  content.fill(0xaa, (Number(page) - 1) * Number(size), Number(page) * Number(size))
  writeFileSync(databasePath(), content)
}

/** Name, mode and content of every file in the folder. */
function everything(): unknown[] {
  return readdirSync(trial.directory, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name)
    const content = entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : null
    return [path, statSync(path).mode, content]
  })
}

describe('doctor', () => {
  it('says that there is no database, skips what is in it, and makes nothing', async () => {
    const { status, stdout, stderr } = await trial.run('doctor')
    expect(status).toBe(1)
    expect(stdout[0]).toBe(`failed   database   There is no database at ${databasePath()}.`)
    expect(stdout[1]).toMatch(/^ +To mend: latchkey serve or latchkey migrate makes it\./)
    expect(stdout.filter((line) => line.startsWith('skipped'))).toHaveLength(10)
    expect(stderr).toEqual(['1 check failed.'])
    expect(everything()).toEqual([])
  })

  it('is content with a new database, and changes nothing in it or beside it', async () => {
    await trial.run('migrate')
    await trial.withProgram(({ sessions }) =>
      sessions.createSession({ userId: 'ada', ipAddress: '192.0.2.1' }),
    )
    const before = everything()
    const { status, stdout } = await trial.run('doctor')
    expect(stdout.map((line) => line.slice(0, 20).trim())).toEqual([
      'ok       database',
      'ok       keys',
      'ok       data-keys',
      'ok       clock',
      'ok       cleanup',
      'ok       deadlines',
      'ok       counters',
      'ok       reports',
      'ok       addresses',
      'ok       policy',
      'ok       cut-offs',
      'ok       audit',
    ])
    expect(status).toBe(0)
    expect(everything()).toEqual(before)
  })

  it('sees what a running server has just written, and disturbs it in nothing', async () => {
    await trial.withProgram(async ({ sessions }) => {
      const { token } = await sessions.createSession({ userId: 'ada' })
      expect((await finding('counters'))?.saw).toMatch(/: 1\.$/)
      await sessions.createSession({ userId: 'ada' })
      expect((await finding('counters'))?.saw).toMatch(/: 2\.$/)
      expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    })
  })

  it('prints one object with the worst status', async () => {
    await trial.run('migrate')
    expect(await trial.json('doctor')).toMatchObject({ status: 'ok', checks: { length: 12 } })
    chmodSync(join(trial.directory, '.latchkey'), 0o777)
    expect((await trial.run('doctor')).stdout.join()).toContain('failed   keys')
    expect((await trial.run('doctor')).status).toBe(1)
  })
})

describe('the database', () => {
  it.each([
    ['is empty', '', 'does not have the schema that this version needs'],
    ['is something else', 'Dear diary, today nothing happened at all. '.repeat(50), 'cannot be used: '],
  ])('that %s fails, and stays as it is', async (_what, content, saw) => {
    await trial.run('migrate')
    writeFileSync(databasePath(), content)
    const before = everything()
    expect(await finding('database')).toMatchObject({ status: 'failed', saw: expect.stringContaining(saw) })
    expect(everything()).toEqual(before)
  })

  it('that opens and is damaged further in fails, and the rest is skipped', async () => {
    await trial.run('migrate')
    damageIndex('user_sessions_newest')
    const { checks } = (await trial.json('doctor')) as unknown as { checks: Finding[] }
    expect(checks.map(({ check, status }) => `${check} ${status}`)).toEqual([
      ...['database failed', 'keys ok', 'data-keys skipped', 'clock skipped', 'cleanup skipped'],
      ...['deadlines skipped', 'counters skipped', 'reports skipped', 'addresses skipped'],
      ...['policy skipped', 'cut-offs skipped', 'audit skipped'],
    ])
    expect(checks[0]?.mend).toContain('restore the last backup')
  })

  it('that somebody else has locked fails, and nobody is told to restore a backup', async () => {
    await trial.run('migrate')
    const other = new DatabaseSync(databasePath())
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (a)')
    const found = await finding('database')
    other.close()
    expect(found).toMatchObject({ status: 'failed', saw: expect.stringContaining('locked') })
    expect(found?.mend).toContain('try again')
    expect(found?.mend).not.toContain('backup.')
  })

  it('of a newer version, or without the tables of the program, fails', async () => {
    await trial.run('migrate')
    await sql('DELETE FROM program_schema')
    expect((await finding('database'))?.saw).toContain('does not have the schema')
    await sql('INSERT INTO user_sessions_migrations VALUES (9999)')
    expect((await finding('database'))?.saw).toContain('newer version')
  })

  it('that only the library has opened is not ready for the program', async () => {
    await trial.run('migrate')
    const path = join(trial.directory, 'library.db')
    await (await createSessions({ storage: sqliteStorage(path), cleanup: 'by-command' })).close()
    const { stdout } = await trial.run('doctor', '--database-url', `file:${path}`)
    expect(stdout[0]).toContain('does not have the schema')
  })

  it('in memory is out of reach', async () => {
    const { stdout } = await trial.run('doctor', '--database-url', 'sqlite::memory:')
    expect(stdout[0]).toContain('where no other process can look')
  })
})

describe('what is in the database', () => {
  it('fails on sessions that wait for a cleanup for a day, and warns of those past their deadline', async () => {
    const clock = fakeClock(systemClock.now())
    clock.set(after(systemClock.now(), hours(-40)))
    await trial.withProgram(
      ({ sessions }) => sessions.createSession({ userId: 'ada', expiresInSeconds: 60 }),
      clock,
    )
    expect(await finding('cleanup')).toMatchObject({ status: 'failed' })
    expect(await finding('deadlines')).toMatchObject({
      status: 'warning',
      saw: expect.stringContaining(': 1.'),
    })
    expect((await trial.run('doctor')).status).toBe(1)
    await trial.run('cleanup')
    expect((await trial.run('doctor')).status).toBe(0)
  })

  it('warns of sessions that wait for an hour', async () => {
    const clock = fakeClock(after(systemClock.now(), hours(-2)))
    await trial.withProgram(
      ({ sessions }) => sessions.createSession({ userId: 'ada', expiresInSeconds: 60 }),
      clock,
    )
    expect(await finding('cleanup')).toMatchObject({ status: 'warning' })
  })

  it('fails on entries from the future', async () => {
    const clock = fakeClock(after(systemClock.now(), days(1)))
    await trial.withProgram(({ sessions }) => sessions.createSession({ userId: 'ada' }), clock)
    expect(await finding('clock')).toMatchObject({ status: 'failed' })
  })

  it('fails when the counter and the rows tell different stories', async () => {
    await trial.withProgram(({ sessions }) => sessions.createSession({ userId: 'ada' }))
    await sql('DELETE FROM user_sessions')
    expect(await finding('counters')).toMatchObject({
      status: 'failed',
      saw: 'The counter of active sessions says 1, a recount of the rows 0.',
    })
  })

  it('warns when every session comes from where a proxy is', async () => {
    await trial.withProgram(async ({ sessions }) => {
      for (let user = 0; user < 10; user += 1) {
        await sessions.createSession({ userId: `user-${user}`, ipAddress: '10.0.0.1' })
      }
    })
    expect(await finding('addresses')).toMatchObject({
      status: 'warning',
      mend: expect.stringContaining('LATCHKEY_TRUSTED_PROXIES=10.0.0.1/32'),
    })
  })
})

describe('keys', () => {
  it('are seen where others can read them, where they are damaged, and where they are gone', async () => {
    await trial.run('migrate')
    const path = join(trial.directory, '.latchkey', 'secret')
    chmodSync(path, 0o644)
    expect(await finding('keys')).toMatchObject({ status: 'failed', mend: `chmod 600 ${path}` })
    chmodSync(path, 0o600)
    writeFileSync(path, 'short\n')
    expect(await finding('keys')).toMatchObject({
      status: 'failed',
      saw: expect.stringContaining('is damaged'),
    })
  })

  it('are not made by looking', async () => {
    const before = everything()
    expect(await finding('keys')).toMatchObject({
      status: 'warning',
      saw: expect.stringContaining('no key file'),
    })
    expect(everything()).toEqual(before)
  })
})
