import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Trial, trialCommandLine } from './trial-command-line.fake.ts'

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

it('a running server refuses a session that a command has ended, from that moment on', async () => {
  const credentials = { email: 'ada@example.com', password: 'seven quiet harbours' }
  await trial.withProgram(({ accounts }) => accounts.create({ ...credentials, role: 'user' }))
  const server = spawn(process.execPath, [command, 'serve', '--port', '0', '--json'], {
    cwd: trial.directory,
    env: { LATCHKEY_LOG_LEVEL: 'silent' },
  })
  try {
    const [line] = await once(createInterface(server.stdout), 'line')
    const api = `${JSON.parse(line).url}/api/v1`
    const login = await fetch(`${api}/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...credentials, transport: 'bearer' }),
    })
    const { token, session } = await login.json()
    const count = async () =>
      (await fetch(`${api}/security/sessions/count`, { headers: { Authorization: `Bearer ${token}` } }))
        .status
    expect([await count(), await count()]).toEqual([200, 200])
    await latchkey('sessions', 'revoke', session.id)
    expect(await count()).toBe(401)
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
  }
}, 60_000)
