import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { cookieOf, type TemporaryProgram, temporaryProgram } from '../../testing/temporary-program.ts'

// Passwords are really hashed here, which takes its time on a machine that is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'
let temporary: TemporaryProgram

beforeAll(async () => {
  temporary = await temporaryProgram()
  await temporary.program.accounts.create({ email: 'root@example.com', role: 'admin', password })
  await temporary.program.accounts.create({ email: 'user@example.com', role: 'user', password })
})

afterAll(async () => {
  await temporary[Symbol.asyncDispose]()
})

async function cookieFor(email: string): Promise<string> {
  return cookieOf(await temporary.send('POST', '/api/v1/auth/login', { body: { email, password } }))
}

it('is for administrators only', async () => {
  expect((await temporary.send('GET', '/api/v1/admin/events')).status).toBe(401)
  const cookie = await cookieFor('user@example.com')
  expect((await temporary.send('GET', '/api/v1/admin/events', { cookie })).status).toBe(403)
})

it('tells that somebody signed in, and not who', async () => {
  const cookie = await cookieFor('root@example.com')
  const response = await temporary.send('GET', '/api/v1/admin/events', { cookie })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const reader = response.body?.getReader()
  const next = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value)
  expect(await next()).toBe('retry: 3000\n\n')
  // As the log is followed from now on, and may have been written to a moment ago.
  expect(await next()).toBe('event: changed\ndata: {}\n\n')
  await temporary.program.sessions.createSession({ userId: 'customer-1' })
  expect(await next()).toBe('event: changed\ndata: {}\n\n')
  await reader?.cancel()
})
