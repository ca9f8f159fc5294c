import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let trial: Trial

beforeAll(async () => {
  trial = trialCommandLine()
  await trial.withProgram(async ({ sessions }) => {
    for (const browser of ['Firefox', 'Firefox', 'Safari']) {
      await sessions.createSession({ userId: 'ada', deviceInfo: { type: 'desktop', browser } })
    }
  })
})

afterAll(() => trial.remove())

it('numbers are brought up to date, checked and made anew', async () => {
  expect(await trial.json('reports', 'update')).toMatchObject({ behind: 0 })
  expect(await trial.json('reports', 'recount')).toMatchObject({ differing: 0, examples: [] })
  expect(await trial.json('reports', 'rebuild')).toMatchObject({ from: expect.any(String) })
  expect((await trial.run('reports', 'recount')).stdout[0]).toMatch(/numbers compared, 0 differ\.$/)
})

it('numbers that are wrong are found, with exit status 1, and mended', async () => {
  await trial.withProgram(async ({ storage }) => {
    const { position, since } = await storage.rollups.position()
    const start = (Date.now() - (Date.now() % 3_600_000)) as never
    const bucket = { interval: 'hour', start, measure: 'created', dimension: 'all', value: '' } as const
    await storage.events.append([
      {
        ...{
          type: 'policy.changed',
          at: start,
          actor: 'system',
          sessionId: null,
          userId: null,
          deviceId: null,
        },
        ...{ request: null, before: null, after: null, reason: null, device: null, facts: null },
      },
    ])
    const rollups = [{ ...bucket, count: 7, sum: 0 }]
    const upTo = await storage.events.latest()
    await storage.rollups.apply({ after: position, upTo, since: since ?? start, rollups, members: [] })
  })
  const { status, stderr, stdout } = await trial.run('reports', 'recount')
  expect([status, stderr]).toEqual([
    1,
    ['Numbers differ from their events; latchkey reports rebuild makes them anew.'],
  ])
  expect(stdout.join('\n')).toMatch(/hour .* created: 10 on record, 3 in the log/)
  await trial.run('reports', 'rebuild')
  expect(await trial.json('reports', 'recount')).toMatchObject({ differing: 0 })
})

it('sessions over time are shown as lines and as JSON', async () => {
  const { stdout } = await trial.run('analytics', '--group-by', 'browser')
  expect(stdout.join('\n')).toMatch(/Created 3, ended 0; of the period before not all is known\./)
  expect(stdout.join('\n')).toMatch(/Firefox +2/)
  const answer = await trial.json('analytics', '--filter', 'browser:Safari', '--interval', 'hour')
  expect(answer).toMatchObject({ source: 'sessions', filter: 'browser:Safari', totals: { created: 1 } })
  const wrong = await trial.run('analytics', '--filter', 'colour:blue')
  expect(wrong.status).toBe(2)
})
