import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { runCommandLine } from './program.ts'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let trial: Trial

beforeAll(async () => {
  trial = trialCommandLine()
  await trial.withProgram(async ({ sessions, accounts }) => {
    await accounts.create({ email: 'dagny@example.com', role: 'user', password: 'seven quiet harbours' })
    const dagny = await accounts.findByEmail('dagny@example.com')
    for (const userId of ['ada', 'ada', 'bo', dagny?.id ?? '']) {
      await sessions.createSession({ userId, deviceInfo: { type: 'mobile' } })
    }
    const { session } = await sessions.createSession({ userId: 'cy', deviceInfo: { type: 'desktop' } })
    await sessions.invalidateSession(session.id)
    await sessions.createSession({ userId: 'cy', deviceInfo: { type: 'desktop' } })
  })
})

afterAll(() => trial.remove())

async function users(...words: string[]): Promise<string[]> {
  const { sessions } = (await trial.json('sessions', 'list', ...words)) as { sessions: { user_id: string }[] }
  return sessions.map((session) => session.user_id).sort()
}

it('a filter narrows the list with the other flags, and says of which state where they do not', async () => {
  expect(await users('--filter', 'type:mobile', '--user', 'ada')).toEqual(['ada', 'ada'])
  expect(await users('--filter', 'user:cy')).toEqual(['cy'])
  expect(await users('--filter', 'user:cy state:ended')).toEqual(['cy'])
  expect(await users('--filter', 'user:cy', '--state', 'all')).toEqual(['cy', 'cy'])
  expect(await users('--filter', 'user:dagny@example.com')).toHaveLength(1)
})

it('sessions are counted, live ones unless the filter says otherwise', async () => {
  expect((await trial.run('sessions', 'count')).stdout).toEqual(['5'])
  expect(await trial.json('sessions', 'count', '--filter', 'type:desktop')).toEqual({ count: 1 })
  expect(await trial.json('sessions', 'count', '--filter', 'type:desktop state:ended')).toEqual({ count: 1 })
})

it('sessions are printed as a file', async () => {
  const csv = await trial.run('sessions', 'export', '--filter', 'user:ada')
  expect(csv.stdout.join('\n').split('\r\n')).toHaveLength(3)
  expect(csv.stdout[0]).toMatch(/^id,user_id,user_label/)
  const json = await trial.run('sessions', 'export', '--filter', 'user:ada', '--format', 'json')
  expect(JSON.parse(json.stdout.join('\n'))).toMatchObject({
    sessions: [{ user_id: 'ada' }, { user_id: 'ada' }],
  })
})

it.each([
  [['list', '--filter', 'colour:red'], /no key colour/],
  [['list', '--filter', 'user:a', '--user', 'b'], /says it already/],
  [['count', '--filter', 'created:soon'], /needs a time/],
  [['export', '--filter', 'a b'], /quotes/],
  [['revoke', '--filter', 'colour:red'], /no key colour/],
  [['revoke', '--filter', 'ada', '--expect', '1'], /bare word/],
  [['revoke', '--filter', ' ', '--expect', '1'], /a word at least/],
  [['revoke', '--filter', 'user:a', '--user', 'b'], /either/],
  [['revoke', '--user', 'b', '--expect', '2'], /--filter only/],
  [['revoke', '--filter', 'user:a', '--expect', 'some'], /whole number/],
])('%j is wrong usage', async (words, message) => {
  const { status, stderr } = await trial.run('sessions', ...words)
  expect(status).toBe(2)
  expect(stderr.join('\n')).toMatch(message)
})

it('what a filter finds ends once its number is named, and not with another number', async () => {
  const revoke = ['revoke', '--filter', 'type:mobile -browser:Firefox']
  const asked = await trial.run('sessions', ...revoke)
  expect(asked.status).toBe(2)
  expect(asked.stderr.join()).toContain('4 sessions of 3 users; nothing was ended. Say --expect 4')
  const wrong = await trial.run('sessions', ...revoke, '--expect', '3')
  expect(wrong.status).toBe(1)
  expect(wrong.stderr.join()).toContain('It would end 4 sessions, and not 3')
  expect(await trial.json('sessions', 'count')).toEqual({ count: 5 })
  expect(await trial.json('sessions', ...revoke, '--expect', '4')).toEqual({
    bulk_ending: expect.stringMatching(/^blk_/),
    state: 'done',
    revoked_count: 4,
    filter: 'type:mobile -browser:Firefox',
  })
  expect(await trial.json('sessions', 'count')).toEqual({ count: 1 })
})

it('whoever interrupts it cancels it, and is told how many had ended', async () => {
  const words = ['sessions', 'revoke', '--filter', 'user:cy', '--expect', '1']
  const stderr: string[] = []
  const status = await runCommandLine(
    {
      environment: {},
      workingDirectory: trial.directory,
      isTerminal: false,
      stdout: () => expect.unreachable(),
      stderr: (line) => {
        stderr.push(line)
        if (line.includes('an interruption')) process.emit('SIGINT')
      },
    },
    words,
  )
  expect([status, ...stderr]).toEqual([
    1,
    expect.stringMatching(/^Bulk ending blk_\w+ has begun/),
    expect.stringMatching(/^It was cancelled when 0 of 1 sessions had ended; latchkey audit list has them/),
  ])
  expect(await trial.json('sessions', 'count')).toEqual({ count: 1 })
})

it('nothing ends where the session to be kept is none', async () => {
  const revoke = ['revoke', '--filter', 'state:live', '--except', `ses_${'a'.repeat(24)}`, '--expect', '1']
  const { status, stderr } = await trial.run('sessions', ...revoke)
  expect([status, stderr.join()]).toEqual([1, expect.stringContaining('--except; nothing was ended')])
  expect(await trial.json('sessions', 'count')).toEqual({ count: 1 })
})

it('retention says what would go, and forgets nothing', async () => {
  const { status, stdout } = await trial.run('retention')
  expect(status).toBe(0)
  expect(stdout[1]).toMatch(/^ended sessions +90 days +\d{4}-\d\d-\d\d \d\d:\d\d +0$/)
  const printed = await trial.json('retention', '--alert-retention-days', '0')
  expect(printed).toMatchObject({
    kinds: expect.arrayContaining([
      { kind: 'alerts', period_seconds: null, before: null, would_forget: 0, is_least: false },
    ]),
  })
})
