import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const email = 'ada@example.com'
const password = 'correct horse battery'

let trial: Trial
let userId: string
let token: string

beforeEach(async () => {
  trial = trialCommandLine()
  await trial.withProgram(async ({ accounts, sessions }) => {
    const made = await accounts.create({ email, role: 'user', password })
    userId = made.kind === 'created' ? made.account.id : ''
    token = (await sessions.createSession({ userId })).token
    await sessions.createSession({ userId: 'bo' })
  })
})

afterEach(() => trial.remove())

it('gives an account another password, ends all its sessions and nobody elses, and stands in the audit log', async () => {
  const answer = await trial.json('users', 'set-password', 'ADA@example.com')
  expect(answer).toEqual({ changed: true, user_id: userId, revoked_count: 1, password: expect.any(String) })
  await trial.withProgram(async ({ accounts, sessions }) => {
    const made = String(answer['password'])
    expect(await accounts.authenticate({ email, password: made })).not.toBeNull()
    expect(await accounts.authenticate({ email, password })).toBeNull()
    expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'revoked' })
    expect(await sessions.countSessions({ userId: 'bo' })).toBe(1)
    const { items: events } = await sessions.listEvents({ userId }, { limit: 10, cursor: null })
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'session.ended', actor: 'command-line' },
      { type: 'account.password-changed', actor: 'command-line', after: { ended_sessions: 'all' } },
    ])
    expect(JSON.stringify(events)).not.toContain(made)
  })
})

it('says in words whose it is, and shows a password that was made up once', async () => {
  const { status, stdout, stderr } = await trial.run('users', 'set-password', email)
  expect({ status, stderr }).toEqual({ status: 0, stderr: [] })
  expect(stdout).toEqual([
    `Account ${userId} has another password. Sessions that ended with it: 1`,
    expect.stringMatching(/^It is shown this once: [a-z2-9-]{23}$/),
  ])
})

it('of an address without an account fails, and changes nothing', async () => {
  expect(await trial.run('users', 'set-password', 'nobody@example.com')).toEqual({
    status: 1,
    stdout: [],
    stderr: ['This e-mail address has no account.'],
  })
})

it('reads a password from standard input, under the rules for any other', async () => {
  const command = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url))
  const words = [command, 'users', 'set-password', email, '--password-stdin']
  const child = spawn(process.execPath, words, { cwd: trial.directory, env: {} })
  child.stdin.end('too short\n')
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'The password must have at least 15 characters; a few words will do.\n',
  })
  const proved = trial.withProgram(({ accounts }) => accounts.authenticate({ email, password }))
  expect(await proved).not.toBeNull()
})
