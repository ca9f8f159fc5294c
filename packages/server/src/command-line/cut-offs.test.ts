import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let trial: Trial
const tokens = { ada: '', bo: '' }
let device: string

beforeEach(async () => {
  trial = trialCommandLine()
  await trial.withProgram(async ({ sessions, accounts }) => {
    const ada = await sessions.createSession({ userId: 'ada', deviceTokens: [] })
    tokens.ada = ada.token
    device = ada.device?.id ?? ''
    tokens.bo = (await sessions.createSession({ userId: 'bo' })).token
    await accounts.create({ email: 'root@example.com', role: 'admin', password: 'correct horse battery' })
  })
})

afterEach(() => trial.remove())

const isAccepted = (token: string) =>
  trial.withProgram(async ({ sessions }) => (await sessions.verifySession(token)).active)

describe('sessions cut-off', () => {
  it('of a user ends theirs and nobody elses', async () => {
    expect(await trial.run('sessions', 'cut-off', '--user', 'ada')).toEqual({
      status: 0,
      stdout: ['No session of ada that was created until now is accepted any more.', 'Ended: 1'],
      stderr: [],
    })
    expect([await isAccepted(tokens.ada), await isAccepted(tokens.bo)]).toEqual([false, true])
  })

  it('takes the e-mail address of an account for the account, as do revoke and the lists', async () => {
    const token = await trial.withProgram(async ({ sessions, accounts }) => {
      const userId = (await accounts.findByEmail('root@example.com'))?.id ?? ''
      return (await sessions.createSession({ userId })).token
    })
    const named = ['--user', 'root@example.com'] as const
    expect(await trial.json('sessions', 'list', ...named)).toMatchObject({ sessions: [{ is_active: true }] })
    expect(await trial.json('sessions', 'cut-off', ...named)).toMatchObject({ revoked_count: 1 })
    expect(await isAccepted(token)).toBe(false)
    expect((await trial.run('sessions', 'revoke', ...named)).stdout).toEqual([
      expect.stringMatching(/^No session of usr_/),
    ])
    expect(await trial.json('audit', 'list', ...named, '--type', 'cut-off.set')).toMatchObject({
      entries: [{ actor: 'command-line' }],
    })
  })

  it('of a device, and until an earlier instant, leaves the rest', async () => {
    const words = ['--user', 'ada', '--device', device, '--note', 'stolen'] as const
    expect(await trial.json('sessions', 'cut-off', ...words)).toEqual({
      cut_off: { scope: 'device', user_id: 'ada', device_id: device },
      revoked_count: 1,
    })
    await trial.run('sessions', 'cut-off', '--user', 'bo', '--created-before', '2020-01-01T00:00:00Z')
    expect(await isAccepted(tokens.bo)).toBe(true)
    const [newest] = await trial.withProgram(({ sessions }) => sessions.listCutOffs())
    expect(newest).toMatchObject({ by: 'command-line' })
  })

  it('of everybody refuses what there is, and takes new sign-ins', async () => {
    const { stdout } = await trial.run('sessions', 'cut-off', '--everybody')
    expect(stdout).toEqual(['No session of anybody that was created until now is accepted any more.'])
    expect([await isAccepted(tokens.ada), await isAccepted(tokens.bo)]).toEqual([false, false])
    const { token } = await trial.withProgram(({ sessions }) => sessions.createSession({ userId: 'ada' }))
    expect(await isAccepted(token)).toBe(true)
  })

  it.each([
    [[]],
    [['--everybody', '--user', 'ada']],
    [['--device', 'dev_aaaaaaaaaaaaaaaaaaaaaaaa']],
    [['--user', 'ada', '--device', 'nonsense']],
    [['--user', 'ada', '--created-before', 'now']],
    [['--user', 'ada', '--created-before', '2999-01-01']],
  ])('asked with %j is wrong usage, and ends nothing', async (words) => {
    expect((await trial.run('sessions', 'cut-off', ...words)).status).toBe(2)
    expect(await isAccepted(tokens.ada)).toBe(true)
  })
})

describe('users', () => {
  it.each([
    ['users', 'disable'],
    ['users', 'enable'],
    ['sessions', 'cut-off', '--user'],
    ['sessions', 'revoke', '--user'],
  ])('an address that no account has is an id, and `%s %s` says so', async (...words) => {
    await trial.run('users', 'disable', 'rot@example.com')
    expect(await trial.run(...words, 'rot@example.com')).toMatchObject({
      status: 0,
      stderr: [
        'No account has the address rot@example.com; it was taken for the id of a user of a host application.',
      ],
    })
    expect((await trial.run(...words, 'root@example.com')).stderr.join()).not.toContain('No account')
  })

  it('are disabled by id or by the address of their account, listed, and enabled again', async () => {
    expect(await trial.json('users', 'disable', 'ada', '--note', 'left')).toEqual({
      disabled: true,
      user_id: 'ada',
      revoked_count: 1,
    })
    const { user_id: id } = await trial.json('users', 'disable', 'ROOT@example.com')
    expect(id).toMatch(/^usr_/)
    expect((await trial.json('users', 'list'))['users']).toEqual([
      expect.objectContaining({ id, email: 'root@example.com', disabled_by: 'command-line', note: null }),
      expect.objectContaining({ id: 'ada', email: null, role: null, note: 'left' }),
    ])
    const refused = trial.withProgram(({ sessions }) => sessions.createSession({ userId: 'ada' }))
    await expect(refused).rejects.toMatchObject({ code: 'user-disabled' })
    expect(await trial.run('users', 'enable', 'ada')).toMatchObject({
      status: 0,
      stdout: ['User ada may sign in again.'],
    })
    expect(await trial.run('users', 'enable', 'ada')).toMatchObject({
      status: 1,
      stderr: ['User ada is not disabled.'],
    })
    const { stdout } = await trial.run('users', 'list')
    expect(stdout).toEqual([expect.stringMatching(/^usr_\w+ +root@example.com +admin +disabled 2.* by comm/)])
  })
})
