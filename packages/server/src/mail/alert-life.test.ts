import { createSessions, type Sessions, seconds } from 'latchkey'
import { createSessionsApi, type SessionsApi } from 'latchkey/http'
import { memoryStorage } from 'latchkey/memory'
import { fakeClock } from 'latchkey/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLogger } from '../program/logger.ts'
import { sampleAlert } from './alert-fixture.fake.ts'
import { AlertMails, type MailedProgram } from './alert-mails.ts'
import { type FakeMailServer, fakeMailServer } from './mail-server.fake.ts'
import { waitingTimers } from './waiting-timers.fake.ts'

const publicUrl = 'https://app.example.com'
const secret = new Uint8Array(32).fill(7)
const [clock, timers] = [fakeClock(), waitingTimers()]
const storage = () => memoryStorage()

let server: FakeMailServer
let mails: AlertMails
let sessions: Sessions
let api: SessionsApi
let kept: ReturnType<typeof storage>

beforeEach(async () => {
  server = await fakeMailServer()
  const settings = {
    server: server.place,
    from: { name: 'Latchkey', address: 'no-reply@example.com' },
    alertsTo: [],
  }
  const logger = createLogger('silent')
  mails = new AlertMails({ settings, clock, timers, logger })
  kept = storage()
  sessions = await createSessions({
    storage: kept,
    secret,
    clock,
    timers,
    notify: (alert) => mails.notify(alert),
    onBackgroundError: () => undefined,
  })
  const accounts = { find: async (id: string) => ({ id, email: 'ann@example.com' }) }
  mails.begin({ accounts, sessions, storage: kept } as unknown as MailedProgram, publicUrl)
  api = createSessionsApi({ sessions, publicUrl, clock })
})

afterEach(async () => {
  await mails.close()
  await sessions.close()
  await server[Symbol.asyncDispose]()
})

const post = (link: string, body: object) =>
  api.fetch(
    new Request(`${publicUrl}/api/v1/alert-answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${link}` },
      body: JSON.stringify(body),
    }),
  )

/** Wakes whoever responds, and does not let a mail that is under way take too long. */
const wake = () => timers.pass(seconds(20))

/** On a busy machine a second is short. */
const soon = { timeout: 20_000 }

it('a mail server that was down gets the mail once it is back, and the link in it ends the session', async () => {
  const { session, token } = await sessions.createSession({ userId: 'ann' })
  const { id, detector } = sampleAlert()
  await kept.alerts.putSetting({ detector, mode: 'enforce', response: 'notify' }, [])
  const at = session.createdAt
  await kept.alerts.add(sampleAlert({ sessionId: session.id, firstAt: at, lastAt: at }), [])

  server.isRefusing = true
  wake()
  await vi.waitFor(() => expect(mails.counts.failed).toBe(1), soon)
  expect(await sessions.getAlert(id)).toMatchObject({ respondedAt: null })

  server.isRefusing = false
  clock.advance(seconds(30))
  await vi.waitFor(async () => {
    wake()
    expect(await sessions.getAlert(id)).toMatchObject({ respondedAt: clock.now() })
  }, soon)
  expect(server.received.map(({ to }) => to)).toEqual([['ann@example.com']])

  const source = (server.received[0]?.source ?? '').replace(/=\r\n/g, '').replace(/=3D/g, '=')
  const [, link = ''] = /\/alert-answer#token=(\S+)/.exec(source) ?? []
  expect((await post(link, { answer: 'not-me' })).status).toBe(200)
  expect(await sessions.verifySession(token)).toEqual({ active: false, reason: 'revoked' })
  expect(await sessions.getAlert(id)).toMatchObject({ answer: 'not-me', severity: 'high', state: 'open' })
})
