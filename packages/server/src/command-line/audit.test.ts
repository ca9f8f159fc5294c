import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let trial: Trial

beforeEach(async () => {
  trial = trialCommandLine()
  await trial.withProgram(async ({ sessions }) => {
    for (let index = 0; index < 3; index += 1) {
      const { session } = await sessions.createSession({ userId: `user-${index}` })
      if (index === 0) await sessions.invalidateSession(session.id, { reason: 'token-reuse' })
    }
  })
})

afterEach(() => trial.remove())

interface Listed {
  entries: { type: string; user_id: string | null; position: number }[]
  has_more: boolean
}

const list = (...words: string[]) => trial.json('audit', 'list', ...words) as unknown as Promise<Listed>

describe('audit list', () => {
  it('prints entries as the API has them, newest first, and says when there are more', async () => {
    const { entries, has_more: hasMore } = await list()
    expect(entries.map(({ type }) => type)).toEqual([
      'session.created',
      'session.created',
      'session.ended',
      'session.created',
    ])
    expect(hasMore).toBe(false)
    expect((await list('--limit', '2')).has_more).toBe(true)
    const { stdout } = await trial.run('audit', 'list', '--limit', '2')
    expect(stdout).toHaveLength(3)
    expect(stdout[0]).toMatch(/INFO +session_created +\S+ +user-2 +A session began\.$/)
    expect(stdout[2]).toBe('There are more; --limit 4 shows them.')
  })

  it('names those who have accounts by their e-mail addresses', async () => {
    await trial.withProgram(async ({ accounts, sessions }) => {
      const password = 'correct horse battery'
      const made = await accounts.create({ email: 'ann@example.com', role: 'admin', password })
      const id = made.kind === 'created' ? made.account.id : ''
      await sessions.createSession({ userId: 'customer-1', createdBy: `admin:${id}` })
      await sessions.createSession({ userId: id })
    })
    const { stdout } = await trial.run('audit', 'list', '--limit', '2')
    expect(stdout[0]).toMatch(/ user:ann@example\.com +ann@example\.com +A session began\.$/)
    expect(stdout[1]).toMatch(/ admin:ann@example\.com +customer-1 +A session began\.$/)
    expect((await list('--limit', '1')).entries[0]).toMatchObject({
      user_label: 'ann@example.com',
      actor_label: 'ann@example.com',
    })
  })

  it('prints an entry on one line, whatever a host back end calls its users', async () => {
    const userId = 'x\n1  2026-01-01  INFO  forged\u001b[2J\u009b1A\u202e'
    await trial.withProgram(({ sessions }) => sessions.createSession({ userId }))
    const { stdout } = await trial.run('audit', 'list', '--limit', '1')
    expect(stdout[0]).toContain('x\ufffd1  2026-01-01  INFO  forged\ufffd[2J\ufffd1A\ufffd')
    expect(stdout[0]).not.toMatch(/[\p{Cc}\u202e]/u)
    expect((await list('--limit', '1')).entries[0]?.user_id).toBe(userId)
  })

  it('is narrowed by each of its flags', async () => {
    const usersOf = async (...words: string[]) => (await list(...words)).entries.map(({ user_id: id }) => id)
    expect(await usersOf('--user', 'user-1')).toEqual(['user-1'])
    expect(await usersOf('--type', 'session.ended')).toEqual(['user-0'])
    expect(await usersOf('--event', 'authn_token_reuse')).toEqual(['user-0'])
    expect(await usersOf('--actor', 'command-line')).toEqual([])
    expect(await usersOf('--until', '2020-01-01')).toEqual([])
    expect(await usersOf('--from', '2020-01-01T00:00:00+02:00')).toHaveLength(4)
    expect((await trial.run('audit', 'list', '--until', '2020-01-01')).stdout).toEqual(['No entry fits.'])
  })

  it.each([
    [['--type', 'nonsense']],
    [['--from', 'yesterday']],
    [['--from', '2020-13-01']],
    [['--limit', '0']],
    [['--session', 'nonsense']],
  ])('asked with %j is wrong usage', async (words) => {
    expect((await trial.run('audit', 'list', ...words)).status).toBe(2)
  })
})

describe('audit verify', () => {
  it('finds a whole log whole, and prints a head that a later check can be held against', async () => {
    const first = await trial.run('audit', 'verify')
    expect(first).toMatchObject({ status: 0 })
    expect(first.stdout[0]).toMatch(/^The audit log is as it was written: 4 entries since 2/)
    const head = first.stdout[1]?.replace('Head, to be kept elsewhere: ', '') ?? ''
    await trial.withProgram(({ sessions }) => sessions.createSession({ userId: 'later' }))
    expect(await trial.json('audit', 'verify', '--expect', head)).toMatchObject({ intact: true, events: 5 })
  })

  it('finds an entry that was altered, says where, and fails', async () => {
    await trial.run('audit', 'verify')
    const database = new DatabaseSync(join(trial.directory, '.latchkey', 'latchkey.db'))
    database.exec("UPDATE session_events SET user_id = 'nobody' WHERE position = 2")
    database.close()
    const { status, stdout, stderr } = await trial.run('audit', 'verify', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout.join(''))).toMatchObject({ intact: false, broken: { fault: 'altered' } })
    expect(stderr).toEqual([expect.stringMatching(/^Entries at positions \d+ to \d+ were changed, added or/)])
  })

  it('finds that the log was cut off behind a head that is expected', async () => {
    const { head } = await trial.json('audit', 'verify')
    const later = String(head).replace(/^\d+/, '9999')
    const { status, stderr } = await trial.run('audit', 'verify', '--expect', later)
    expect(status).toBe(1)
    expect(stderr.at(-1)).toContain('is not there that was there at an earlier check')
  })

  it('with a head that is none is wrong usage', async () => {
    expect((await trial.run('audit', 'verify', '--expect', 'nonsense')).status).toBe(2)
  })
})
