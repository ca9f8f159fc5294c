import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type FakeMailServer, fakeMailServer, type ReceivedMail } from '../mail/mail-server.fake.ts'
import { cookieOf, settingsIn, type TemporaryFolder, temporaryFolder } from '../testing/temporary-program.ts'
import { createLogger } from './logger.ts'
import { type RunningProgram, serve } from './serve.ts'

// Passwords are really hashed here, events gather for some seconds, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const password = 'correct horse battery'
const soon = { timeout: 30_000, interval: 50 }
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

let folder: TemporaryFolder
let mailServer: FakeMailServer
let running: RunningProgram

beforeEach(async () => {
  folder = await temporaryFolder()
  mailServer = await fakeMailServer()
  const settings = await settingsIn(folder, {
    LATCHKEY_PORT: '0',
    LATCHKEY_ADMIN_EMAIL: 'root@example.com',
    LATCHKEY_ADMIN_PASSWORD: password,
    LATCHKEY_SMTP_URL: `smtp://127.0.0.1:${mailServer.place.port}`,
    LATCHKEY_MAIL_FROM: 'Latchkey <no-reply@example.com>',
    LATCHKEY_ALERT_MAIL_TO: 'security@example.com',
  })
  running = await serve(settings, createLogger('silent'))
  await running.program.accounts.create({ email: 'ann@example.com', role: 'user', password })
  await running.program.sessions.setDetector('programmatic-client', 'enforce', 'end-session')
})

afterEach(async () => {
  await running.stop('at-once')
  await mailServer[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

async function call(path: string, headers: Record<string, string>, body?: object): Promise<Response> {
  const url = running.publicUrl
  return fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Origin: url, 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

const mailTo = (address: string): ReceivedMail | undefined =>
  mailServer.received.find(({ to }) => to.includes(address))

it('a cookie that a program uses: the session ends, its user is told and answers by the link, and so are administrators [ASVS 6.3.5]', async () => {
  const credentials = { email: 'ann@example.com', password }
  const cookie = cookieOf(await call('/api/v1/auth/login', { 'user-agent': chrome }, credentials))
  const me = (userAgent: string) => call('/api/v1/auth/me', { cookie, 'user-agent': userAgent })
  expect((await me(chrome)).status).toBe(200)
  expect((await me('curl/8.9.1')).status).toBe(200)

  await vi.waitFor(async () => expect((await me(chrome)).status).toBe(401), soon)
  await vi.waitFor(() => {
    expect(mailTo('ann@example.com')).toBeDefined()
    expect(mailTo('security@example.com')).toBeDefined()
  }, soon)
  expect(mailTo('ann@example.com')?.source).toContain('Subject: A session of your account was ended')
  expect(mailTo('security@example.com')?.source).not.toContain('ann@example.com')

  const source = (mailTo('ann@example.com')?.source ?? '').replace(/=\r\n/g, '').replace(/=3D/g, '=')
  const [, token = ''] = /\/alert-answer#token=([\w.-]+)/.exec(source) ?? []
  const byLink = { authorization: `Bearer ${token}` }
  const asked = await call('/api/v1/alert-answers', byLink)
  expect(await asked.json()).toMatchObject({ title: 'Browser session used by a program', answer: null })
  const answered = await call('/api/v1/alert-answers', byLink, { answer: 'not-me' })
  expect(await answered.json()).toMatchObject({ answer: 'not-me', revoked_count: 0 })
  const { items } = await running.program.sessions.listAlerts({}, { cursor: null, limit: 5 })
  expect(items).toMatchObject([{ detector: 'programmatic-client', state: 'open', answer: 'not-me' }])
})
