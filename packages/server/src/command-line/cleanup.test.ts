import { days, seconds } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { expect, it, vi } from 'vitest'
import { trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

it('ends what is past its deadline, forgets what ended too long ago, and says how many', async () => {
  const old = trialCommandLine()
  const clock = fakeClock()
  await old.withProgram(async ({ sessions }) => {
    const { session } = await sessions.createSession({ userId: 'ada' })
    await sessions.invalidateSession(session.id)
    await sessions.createSession({ userId: 'ada', expiresInSeconds: 1 })
    clock.advance(seconds(2))
    await sessions.createSession({ userId: 'ada', expiresInDays: 3_600 })
  }, clock)
  const { stdout } = await old.run('cleanup', '--idle-timeout-seconds', '0')
  expect(stdout).toEqual([
    'Ended because they were past their deadline: 1',
    'Forgotten because they ended too long ago: 1',
  ])
  expect(await old.json('cleanup', '--idle-timeout-seconds', '0')).toEqual({ ended: 0, forgotten: 0 })
  expect(await old.json('cleanup', '--idle-timeout-seconds', String(days(1) / 1_000))).toEqual({
    ended: 1,
    forgotten: 0,
  })
  old.remove()
})
