import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.ts'

const command = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url))
let trial: Trial

beforeEach(() => {
  trial = trialCommandLine()
})
afterEach(() => trial.remove())

/** The real command, in a process of its own, on the file that this process has open. */
async function latchkey(...words: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...words, '--json'], {
    cwd: trial.directory,
    env: { PATH: process.env['PATH'] ?? '' },
  })
  return JSON.parse(stdout)
}

it('a session that another process revokes is refused at once by one that has just accepted it', async () => {
  await trial.withProgram(async ({ sessions }) => {
    const first = await sessions.createSession({ userId: 'ada' })
    const second = await sessions.createSession({ userId: 'ada' })
    for (const { token } of [first, second, first]) {
      expect(await sessions.verifySession(token)).toMatchObject({ active: true })
    }

    expect(await latchkey('sessions', 'revoke', first.session.id)).toMatchObject({ revoked: true })
    expect(await sessions.verifySession(first.token)).toEqual({ active: false, reason: 'revoked' })
    expect(await sessions.verifySession(second.token)).toMatchObject({ active: true })

    expect(await latchkey('sessions', 'revoke', '--user', 'ada')).toMatchObject({ revoked_count: 1 })
    expect(await sessions.verifySession(second.token)).toEqual({ active: false, reason: 'revoked' })
  })
}, 30_000)

it('a session that was made in one process is listed by a command in another', async () => {
  await trial.withProgram(async ({ sessions }) => {
    const { session } = await sessions.createSession({ userId: 'ada' })
    expect(await latchkey('sessions', 'list')).toMatchObject({
      sessions: [{ id: session.id, is_active: true }],
    })
  })
}, 30_000)
