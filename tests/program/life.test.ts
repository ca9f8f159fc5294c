import { expect, it } from 'vitest'
import { runCommand, startAdministered, startProgram } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { signedIn, Visitor } from '../visitor.ts'

const own = '/api/v1/security/sessions'

it('a first start leads to a set-up link, the link to an administrator, and a killed program back to their session', async () => {
  const folder = temporaryFolder()
  const first = await startProgram(folder)
  const token = /\/setup#token=([\w.-]+)/.exec(first.stdout())?.[1]
  expect(token, first.stdout()).toBeDefined()

  const visitor = new Visitor(first.url)
  const setup = { token, email: 'ada@example.com', password: 'a long enough password' }
  const created = await visitor.send('POST', '/api/v1/auth/setup', setup)
  expect(created.status, created.text).toBe(201)
  expect(created.body.user).toMatchObject({ email: 'ada@example.com', role: 'admin' })
  const before = await visitor.send('GET', own)
  expect(before.body).toMatchObject({ total_count: 1, sessions: [{ is_current: true, is_active: true }] })

  await first.end('SIGKILL')
  const second = await startProgram(folder)
  expect(second.stdout()).not.toContain('/setup#token=')
  const returned = new Visitor(second.url)
  returned.cookie = visitor.cookie
  const after = await returned.send('GET', own)
  expect(after.status).toBe(200)
  expect(after.body.sessions[0].id).toBe(before.body.sessions[0].id)

  const elsewhere = new Visitor(second.url)
  const { email, password } = setup
  expect((await elsewhere.send('POST', '/api/v1/auth/login', { email, password })).status).toBe(200)
  expect((await elsewhere.send('POST', '/api/v1/auth/setup', setup)).status).toBe(410)
})

it('a set-up link works once, and a wrong one never', async () => {
  const program = await startProgram(temporaryFolder())
  const token = /\/setup#token=([\w.-]+)/.exec(program.stdout())?.[1] ?? ''
  const visitor = new Visitor(program.url)
  const account = { email: 'ada@example.com', password: 'a long enough password' }
  const wrong = await visitor.send('POST', '/api/v1/auth/setup', { ...account, token: `${token}x` })
  expect(wrong.status).toBeGreaterThanOrEqual(400)
  expect(wrong.status).toBeLessThan(500)
  expect((await visitor.send('POST', '/api/v1/auth/setup', { ...account, token })).status).toBe(201)
  expect((await visitor.send('POST', '/api/v1/auth/setup', { ...account, token })).status).toBe(410)
})

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the program in order, while a page listens to its stream',
  async (signal) => {
    const program = await startAdministered(temporaryFolder())
    const visitor = await signedIn(program)
    const stream = await fetch(`${program.url}${own}/events`, { headers: { cookie: visitor.cookie ?? '' } })
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const { status, signal: killedBy } = await program.end(signal)
    expect({ status, killedBy }).toEqual({ status: 0, killedBy: null })
    await stream.text().catch(() => '')
  },
)

it('the data folder is the owner’s alone, and so is every key in it', async () => {
  const { statSync } = await import('node:fs')
  const folder = temporaryFolder()
  await startAdministered(folder)
  expect(statSync(`${folder}/.latchkey`).mode & 0o777).toBe(0o700)
  expect(statSync(`${folder}/.latchkey/secret`).mode & 0o077).toBe(0)
})

it('a session that a command ends is over for the running program at once', async () => {
  const folder = temporaryFolder()
  const program = await startAdministered(folder)
  const visitor = await signedIn(program)
  const current = await visitor.send('GET', `${own}/current`)
  expect(current.status).toBe(200)

  const revoked = await runCommand(folder, ['sessions', 'revoke', current.body.id, '--json'])
  expect(revoked.status, revoked.stderr).toBe(0)
  expect(() => JSON.parse(revoked.stdout)).not.toThrow()
  const after = await visitor.send('GET', `${own}/current`)
  expect(after.status).toBe(401)
  expect(after.body).toMatchObject({ status: 401 })
})

it('an ending that was answered is seen by every way of asking', async () => {
  const program = await startAdministered(temporaryFolder())
  const here = await signedIn(program)
  const there = await signedIn(program)
  const { body } = await there.send('GET', `${own}/current`)
  expect((await here.send('DELETE', `${own}/${body.id}`)).body).toMatchObject({ revoked: true })
  expect((await there.send('GET', own)).status).toBe(401)
  expect((await there.send('GET', '/api/v1/forward-auth')).status).toBe(401)
  expect((await here.send('GET', `${own}/count`)).body).toEqual({ active_sessions: 1 })
  expect((await here.send('DELETE', `${own}/${body.id}`)).body?.revoked ?? false).toBe(false)
})
