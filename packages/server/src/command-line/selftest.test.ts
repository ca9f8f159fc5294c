import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

// Each runs whole commands, which take their time on a machine that is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const command = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url))
let trial: Trial

beforeEach(async () => {
  trial = trialCommandLine()
  await trial.run('migrate')
})
afterEach(() => trial.remove())

/** What an erasure leaves in the audit log, which names nobody. */
const erasure = new Set(['event.erased', 'user.forgotten'])

async function everything(): Promise<unknown> {
  return trial.withProgram(async ({ sessions, storage }) => ({
    sessions: await sessions.listSessions({}, { cursor: null, limit: 100 }),
    totals: await sessions.getTotals(),
    events: (await storage.events.read(0, 100)).filter(({ type }) => !erasure.has(type)),
  }))
}

it('passes on the real database and leaves it as it was', async () => {
  await trial.withProgram(async ({ sessions }) => {
    await sessions.createSession({ userId: 'ada' })
    await sessions.invalidateAllUserSessions('ada')
    await sessions.createSession({ userId: 'ada' })
  })
  const before = await everything()
  const { status, stdout, stderr } = await trial.run('selftest')
  expect(stderr).toEqual([])
  expect(status).toBe(0)
  expect(stdout[0]).toMatch(/^ok {5}create {2,}\d+ ms {2}made ses_[a-z2-7]{24} and ses_[a-z2-7]{24}$/)
  expect(stdout[2]).toMatch(/^ok {5}count {2,}\d+ ms {2}counted 2$/)
  expect(stdout.at(-2)).toMatch(/ ms {2}forgot 3; nothing is left of the user$/)
  expect(stdout.at(-1)).toBe('Everything works.')
  expect(await everything()).toEqual(before)
})

it('prints one object with every step', async () => {
  expect(await trial.json('selftest')).toMatchObject({
    passed: true,
    user_id: expect.stringMatching(/^latchkey-selftest-[0-9a-f]{16}$/),
    steps: { length: 9 },
  })
})

it('stops when it is interrupted, cleans up, and says so with status 1', async () => {
  const before = await everything()
  const child = spawn(process.execPath, [command, 'selftest'], { cwd: trial.directory, env: {} })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  // The last step but one waits for a second: the first line comes long before that.
  child.stdout.once('data', () => child.kill('SIGINT'))
  const [status] = await once(child, 'close')
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'The selftest was interrupted.\n' })
  expect(await everything()).toEqual(before)
}, 30_000)
