import { afterEach, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const small = ['demo', '--users', '5', '--days', '10']
let trial: Trial

afterEach(() => trial.remove())

it('fills an empty database and says how to sign in; the password is the accounts own', async () => {
  trial = trialCommandLine()
  const { status, stdout, stderr } = await trial.run(...small)
  expect(status).toBe(0)
  expect(stdout[0]).toMatch(/^\d+ sessions of 5 users in 10 days; \d+ are active now\.$/)
  expect(stdout).toContain('Administrator: admin@example.com')
  expect(stderr).toEqual([25, 50, 75, 100].map((percent) => `Filling the database: ${percent} %`))
  const password = /^Password: +(\S+) /.exec(stdout.at(-1) ?? '')?.[1] ?? ''
  const [administrator, user] = await trial.withProgram(async ({ accounts }) => [
    await accounts.authenticate({ email: 'admin@example.com', password }),
    await accounts.authenticate({ email: 'user@example.com', password }),
  ])
  expect(administrator?.account).toMatchObject({ role: 'admin' })
  expect(user?.account).toMatchObject({ role: 'user' })
})

it('takes a password that is given, and does not print it', async () => {
  trial = trialCommandLine()
  const printed = await trial.json(...small, '--password', 'seven quiet harbours')
  expect(printed).toMatchObject({
    users: 5,
    days: 10,
    seed: '1',
    accounts: { administrator: 'admin@example.com', user: 'user@example.com' },
  })
  expect(JSON.stringify(printed)).not.toMatch(/password|harbours/)
})

it('draws its progress over itself on a terminal', async () => {
  trial = trialCommandLine('terminal')
  const { stderr } = await trial.run(...small)
  expect(stderr[0]).toBe('Filling the database: 1 %')
  expect(stderr.at(-1)).toBe('\u001b[1A\u001b[2KFilling the database: 100 %')
})

it('leaves a database alone that has a session, or an account', async () => {
  trial = trialCommandLine()
  await trial.withProgram(({ accounts }) =>
    accounts.create({ email: 'ada@example.com', password: 'seven quiet harbours', role: 'user' }),
  )
  const refused = await trial.run(...small)
  expect(refused).toMatchObject({ status: 1, stdout: [] })
  expect(refused.stderr[0]).toMatch(/ has 1 account already; the demonstration fills an empty one only\. /)
  await trial.withProgram(async ({ sessions }) => {
    await sessions.createSession({ userId: 'ada' })
    await sessions.createSession({ userId: 'ada' })
  })
  expect((await trial.run(...small)).stderr[0]).toContain(' has 2 sessions already;')
  expect(await trial.withProgram(({ sessions }) => sessions.getTotals())).toMatchObject({ created: 2 })
})

it.each([
  ['--users', '1'],
  ['--days', '0'],
  ['--days', '366'],
  ['--users', 'all'],
  ['--password', 'short'],
])('refuses %s %s with status 2', async (...words) => {
  trial = trialCommandLine()
  const { status, stderr } = await trial.run('demo', ...words)
  expect(status).toBe(2)
  expect(stderr.join('')).not.toBe('')
})
