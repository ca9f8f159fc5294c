import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let trial: Trial
const ids: Record<string, string> = {}
let accountId = ''

beforeAll(async () => {
  trial = trialCommandLine()
  await trial.withProgram(async ({ sessions, accounts }) => {
    const outcome = await accounts.create({
      email: 'dagny@example.com',
      role: 'user',
      password: 'seven quiet harbours',
    })
    if (outcome.kind === 'created') accountId = outcome.account.id
    const start = async (
      name: string,
      userId: string,
      type: 'desktop' | 'mobile',
      ipAddress: string | null,
    ) => {
      const { session } = await sessions.createSession({
        userId,
        ipAddress,
        deviceInfo: type === 'desktop' ? { type, browser: 'Firefox', os: 'Linux' } : { type },
      })
      ids[name] = session.id
    }
    await start('desk', 'ada', 'desktop', '192.0.2.7')
    await start('phone', 'ada', 'mobile', '2001:db8::7')
    await start('tablet', 'ada', 'mobile', null)
    await start('dagny', accountId, 'desktop', '192.0.2.8')
    await start('gone', 'bo', 'desktop', '192.0.2.7')
    await sessions.invalidateSession(ids['gone'] ?? '', { reason: 'logout', by: 'user:bo' })
  })
})

afterAll(() => trial.remove())

async function listed(...words: string[]): Promise<string[]> {
  const { sessions } = (await trial.json('sessions', 'list', ...words)) as { sessions: { id: string }[] }
  const names = Object.fromEntries(Object.entries(ids).map(([name, id]) => [id, name]))
  return sessions.map(({ id }) => names[id] ?? id).sort()
}

describe('sessions list', () => {
  it('shows live sessions as a table, with the e-mail address of whoever has an account', async () => {
    const { status, stdout } = await trial.run('sessions', 'list')
    expect(status).toBe(0)
    expect(stdout[0]).toMatch(/^SESSION +USER +DEVICE +ADDRESS +STARTED \(UTC\) +LAST USED \(UTC\) +STATE$/)
    expect(stdout).toHaveLength(5)
    expect(stdout.find((line) => line.startsWith(ids['desk'] ?? '-'))).toMatch(
      / ada +Firefox on Linux +192\.0\.2\.7 +\d{4}-\d\d-\d\d \d\d:\d\d +- +live$/,
    )
    expect(stdout.find((line) => line.startsWith(ids['tablet'] ?? '-'))).toMatch(/ ada +mobile +- +/)
    expect(stdout.find((line) => line.startsWith(ids['dagny'] ?? '-'))).toContain(' dagny@example.com ')
  })

  it('prints the sessions as the API shows them to an administrator, and no secret', async () => {
    const printed = await trial.json('sessions', 'list', '--user', 'bo', '--state', 'ended')
    expect(printed).toMatchObject({
      has_more: false,
      sessions: [
        {
          id: ids['gone'],
          user_id: 'bo',
          user_label: null,
          is_active: false,
          is_current: false,
          end_reason: 'logout',
          ended_by: 'user:bo',
          device_info: { type: 'desktop', browser: 'Firefox', browser_version: null },
        },
      ],
    })
    expect(JSON.stringify(printed)).not.toMatch(/token|secret|hash/)
  })

  it.each([
    [
      ['--user', 'ada'],
      ['desk', 'phone', 'tablet'],
    ],
    [
      ['--device-type', 'desktop'],
      ['dagny', 'desk'],
    ],
    [['--address', '192.0.2.7'], ['desk']],
    [
      ['--address', '192.0.2.7', '--state', 'all'],
      ['desk', 'gone'],
    ],
    [['--state', 'ended'], ['gone']],
    [
      ['--search', 'ad'],
      ['desk', 'phone', 'tablet'],
    ],
    [['--search', 'dagny@'], ['dagny']],
    [
      ['--user', 'ada', '--device-type', 'mobile'],
      ['phone', 'tablet'],
    ],
  ])('narrowed by %j brings %j', async (words, names) => {
    expect(await listed(...words)).toEqual(names)
  })

  it('says when there are more than it shows', async () => {
    const { stdout } = await trial.run('sessions', 'list', '--limit', '2')
    expect(stdout).toHaveLength(4)
    expect(stdout.at(-1)).toBe('There are more; --limit 4 shows them.')
    expect(await trial.json('sessions', 'list', '--limit', '2')).toMatchObject({ has_more: true })
    expect(await trial.json('sessions', 'list', '--limit', '4')).toMatchObject({ has_more: false })
  })

  it('says that nothing fits', async () => {
    expect(await trial.run('sessions', 'list', '--user', 'nobody')).toEqual({
      status: 0,
      stdout: ['No session fits.'],
      stderr: [],
    })
  })

  it.each([
    ['--limit', '0'],
    ['--limit', 'many'],
    ['--state', 'asleep'],
    ['--device-type', 'toaster'],
    ['--colour', 'red'],
  ])('refuses %s %s with status 2', async (...words) => {
    const { status, stdout, stderr } = await trial.run('sessions', 'list', ...words)
    expect(status).toBe(2)
    expect(stdout).toEqual([])
    expect(stderr.join('\n')).toContain(words[0])
  })
})
