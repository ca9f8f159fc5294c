import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { trialCommandLine } from './trial-command-line.fake.ts'

describe('exit status', () => {
  it.each([
    [['--help'], 0],
    [['--version'], 0],
    [['config'], 0],
    [['nonsense'], 2],
    [['config', '--nonsense'], 2],
    [['users', 'create'], 2],
    [['users', 'create', '--email', 'ann@example.com', '--role', 'king'], 2],
    [['config', '--port', 'http'], 2],
    [['users', 'create', '--email', 'ann@example.com', '--password', 'short'], 2],
    [['users', 'create', '--email', 'ann'], 2],
    [['sessions', 'list', '--address', '192.0.2'], 2],
    [['api-keys', 'revoke', 'key_nobody'], 1],
  ] as [string[], number][])('of latchkey %j is %i', async (words, status) => {
    const trial = trialCommandLine()
    const outcome = await trial.run(...words)
    trial.remove()
    expect(outcome.status).toBe(status)
    if (status !== 0) {
      expect(outcome.stdout).toEqual([])
      expect(outcome.stderr).not.toEqual([])
    }
  })
})

describe('latchkey config', () => {
  it('prints each value with its source', async () => {
    const trial = trialCommandLine()
    const { stdout } = await trial.run('config', '--port', '7')
    const { settings } = await trial.json('config', '--port', '7')
    trial.remove()
    expect(stdout.find((line) => line.startsWith('LATCHKEY_PORT'))).toMatch(/^LATCHKEY_PORT +7 +flag +port$/)
    expect(settings).toMatchObject({
      LATCHKEY_PORT: { value: '7', source: 'flag' },
      LATCHKEY_SECRET: { value: '(kept in the data folder)', source: 'default' },
    })
  })
})

describe('latchkey users create', () => {
  it('makes an account with a password that was generated and is shown once', async () => {
    const trial = trialCommandLine()
    const { user, password } = await trial.json(
      'users',
      'create',
      '--email',
      'Ann@example.com',
      '--role',
      'admin',
    )
    expect(user).toMatchObject({ email: 'ann@example.com', role: 'admin' })
    const proved = await trial.withProgram(({ accounts }) =>
      accounts.authenticate({ email: 'ann@example.com', password: String(password) }),
    )
    const again = await trial.run('users', 'create', '--email', 'ann@example.com')
    trial.remove()
    expect(proved?.account).toEqual(expect.objectContaining(user as object))
    expect(again).toMatchObject({ status: 1, stderr: ['This e-mail address has an account already.'] })
  })

  it('does not repeat a password that was given', async () => {
    const trial = trialCommandLine()
    const words = ['--email', 'ann@example.com', '--password', 'correct horse battery'] as const
    const { stdout } = await trial.run('users', 'create', ...words)
    trial.remove()
    expect(stdout.join('')).not.toContain('horse')
  })
})

describe('latchkey api-keys', () => {
  it('makes, lists and revokes', async () => {
    const trial = trialCommandLine()
    const made = (await trial.json('api-keys', 'create', '--name', 'shop')) as {
      key: string
      api_key: { id: string }
    }
    const accepted = await trial.withProgram(({ apiKeys }) => apiKeys.authenticate(made.key))
    const listed = await trial.run('api-keys', 'list')
    const revoked = await trial.run('api-keys', 'revoke', made.api_key.id)
    const after = await trial.withProgram(({ apiKeys }) => apiKeys.authenticate(made.key))
    trial.remove()
    expect(accepted).toEqual({ id: made.api_key.id })
    expect(listed.stdout.join()).toContain('in force')
    expect(listed.stdout.join()).not.toContain(made.key)
    expect(revoked.status).toBe(0)
    expect(after).toBeNull()
  })

  it.each([[['list']], [['revoke', 'key_nobody']]])(
    '%j where there is no database says so and makes none',
    async (words) => {
      const trial = trialCommandLine()
      const { status, stderr } = await trial.run('api-keys', ...words)
      const made = readdirSync(trial.directory)
      trial.remove()
      expect(status).toBe(1)
      expect(stderr).toEqual([expect.stringContaining('There is no database')])
      expect(made).toEqual([])
    },
  )
})

describe('latchkey openapi', () => {
  it('makes neither a key nor a database', async () => {
    const trial = trialCommandLine()
    const { status } = await trial.run('openapi')
    const made = readdirSync(trial.directory)
    trial.remove()
    expect(status).toBe(0)
    expect(made).toEqual([])
  })

  it('prints the document without making a database', async () => {
    const trial = trialCommandLine()
    const { stdout } = await trial.run('openapi')
    const { settings } = await trial.json('config')
    trial.remove()
    expect(JSON.parse(stdout.join(''))).toMatchObject({ openapi: '3.1.0' })
    expect(settings).toBeDefined()
  })
})

describe('latchkey migrate', () => {
  it('can be run again and again', async () => {
    const trial = trialCommandLine()
    expect(await trial.json('migrate')).toMatchObject({ migrated: true })
    expect(await trial.json('migrate')).toMatchObject({ migrated: true })
    trial.remove()
  })
})
