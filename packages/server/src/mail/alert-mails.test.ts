import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Alert, instantOf, minutes, type SessionEvent, seconds } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../program/logger.ts'
import { sampleAlert } from './alert-fixture.fake.ts'
import { AlertMails, type MailedProgram } from './alert-mails.ts'
import type { Mail, Mailer } from './smtp-mailer.ts'
import { waitingTimers } from './waiting-timers.fake.ts'

let sent: Mail[]
let failure: Error | null
let logLines: string[]
let silent: boolean
let claims: Map<string, string>
let alert: Alert
let tell: ((event: SessionEvent) => void) | null

const clock = fakeClock()
const timers = waitingTimers()
const emails = new Map([['ann', 'ann@example.com']])

const mailer = (): Mailer => ({
  counts: { sent: 0, failed: 0 },
  send: async (mail) => {
    if (failure !== null) throw failure
    if (silent) await new Promise(() => undefined)
    sent.push(mail)
  },
  close: () => undefined,
})

function program(): MailedProgram {
  const parts = {
    accounts: { find: async (id: string) => (emails.has(id) ? { id, email: emails.get(id) } : null) },
    sessions: {
      getAlert: async (id: string) => (id === alert.id ? alert : null),
      getSession: async () => null,
      alertLinkToken: () => 'the.token',
      detectors: async () => [{ name: 'new-country', title: 'New country' }],
      subscribe: (receive: (event: SessionEvent) => void) => {
        tell = receive
        return () => {
          tell = null
        }
      },
    },
    storage: {
      workClaims: {
        claim: async (work: string, holder: string) => {
          if ((claims.get(work) ?? holder) !== holder) return false
          claims.set(work, holder)
          return true
        },
        release: async (work: string) => void claims.delete(work),
      },
    },
  }
  return parts as unknown as MailedProgram
}

function begun(alertsTo: readonly string[] = []): AlertMails {
  const settings = { server: {} as never, from: { name: '', address: 'no-reply@example.com' }, alertsTo }
  const logger = createLogger('info', { write: (line) => logLines.push(line) })
  const mails = new AlertMails({ settings, clock, timers, logger, mailer: mailer() })
  mails.begin(program(), 'https://app.example.com')
  return mails
}

const event = (type: SessionEvent['type'], after: object): SessionEvent =>
  ({ type, at: instantOf(1), after }) as unknown as SessionEvent
const opened = (severity: string) => event('alert.opened', { alert: alert.id, severity })

beforeEach(() => {
  timers.clear()
  silent = false
  ;[sent, failure, logLines, claims, alert, tell] = [
    [],
    null,
    [],
    new Map(),
    sampleAlert({ severity: 'high' }),
    null,
  ]
})

let mails: AlertMails | null = null
afterEach(async () => {
  await mails?.close()
  mails = null
})

describe('the account that an alert is about', () => {
  it('gets a mail with a link whose token stands behind the fragment', async () => {
    mails = begun()
    await mails.notify(alert)
    expect(sent).toMatchObject([{ to: 'ann@example.com', subject: 'A new sign-in to your account' }])
    expect(sent[0]?.text).toContain('https://app.example.com/alert-answer#token=the.token')
  })

  it('is none where the user is one of a host application, or nobody: then no mail goes out', async () => {
    mails = begun()
    await mails.notify({ ...alert, userId: 'customer-1' })
    await mails.notify({ ...alert, userId: null })
    expect(sent).toEqual([])
  })

  it('gets five in an hour at most; the log names the alert, and nobody', async () => {
    mails = begun()
    for (let count = 0; count < 7; count += 1) await mails.notify(alert)
    expect(sent).toHaveLength(5)
    expect(logLines).toHaveLength(2)
    expect(logLines.join()).toContain(alert.id)
    expect(logLines.join()).not.toContain('ann@example.com')
  })

  it('is told once a server that was down for long is back: tries are no mails', async () => {
    mails = begun()
    failure = new Error('down')
    for (let count = 0; count < 7; count += 1) await expect(mails.notify(alert)).rejects.toThrow('down')
    failure = null
    await mails.notify(alert)
    expect(sent).toHaveLength(1)
  })

  it('is told once a server is back that took too long: those mails count for none, either', async () => {
    mails = begun()
    silent = true
    for (let count = 0; count < 7; count += 1) {
      const failing = expect(mails.notify(alert)).rejects.toThrow('too long')
      await new Promise(setImmediate)
      timers.pass(seconds(25))
      await failing
    }
    silent = false
    await mails.notify(alert)
    expect(sent).toHaveLength(1)
  })

  it('is told later where the server does not take the mail, or nothing has begun', async () => {
    mails = begun()
    failure = new Error('down')
    await expect(mails.notify(alert)).rejects.toThrow('down')
    await mails.close()
    await expect(mails.notify(alert)).rejects.toThrow('not sent yet')
  })
})

it('a mail server that says nothing holds up no stop', async () => {
  mails = begun(['root@example.com'])
  silent = true
  const telling = mails.notify(alert)
  tell?.(opened('high'))
  await vi.waitFor(() => expect(claims.size).toBe(1))
  await Promise.all([mails.close(), expect(telling).rejects.toThrow('the program ends')])
})

it('a mail that is made while the program stops waits for no mail server', async () => {
  mails = begun()
  silent = true
  const telling = mails.notify(alert)
  await Promise.all([mails.close(), expect(telling).rejects.toThrow('the program ends')])
})

it('nothing of a mail is kept once it has failed', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  mails = begun()
  failure = new Error('down')
  const kept = new WeakRef(failure)
  await mails.notify(alert).catch(() => undefined)
  failure = null
  await vi.waitFor(() => {
    collect()
    // Compared here: an assertion that fails keeps what it was about.
    expect(kept.deref() === undefined).toBe(true)
  })
})

describe('a notice to administrators', () => {
  const to = ['root@example.com', 'soc@example.com']

  it.each([
    ['critical', 2],
    ['high', 2],
    ['medium', 0],
    ['info', 0],
  ])('of an alert of severity %s goes out %i times', async (severity, count) => {
    mails = begun(to)
    tell?.(opened(severity))
    await vi.waitFor(() => expect(claims.size).toBe(count > 0 ? 1 : 0))
    await mails.close()
    expect(sent.map((mail) => mail.to)).toEqual(to.slice(0, count))
  })

  it('goes out where an alert becomes grave, and not where it was so before or somebody looks after it', async () => {
    mails = begun(to)
    const changed = (before: object) =>
      ({ ...event('alert.changed', { alert: alert.id, severity: 'high' }), before }) as SessionEvent
    tell?.(changed({ state: 'open' }))
    tell?.(changed({ severity: 'high' }))
    tell?.(changed({ severity: 'medium' }))
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    await mails.close()
    expect(sent).toHaveLength(2)
  })

  it('goes out as well where a user says that it was not them, and not for "me"', async () => {
    mails = begun(to)
    tell?.(event('alert.answered', { alert: alert.id, severity: 'high', answer: 'me' }))
    tell?.(event('alert.answered', { alert: alert.id, severity: 'high', answer: 'not-me' }))
    await vi.waitFor(() => expect(sent).toHaveLength(2))
  })

  it('is sent by one process of two', async () => {
    mails = begun(to)
    const tellFirst = tell
    const other = begun(to)
    tellFirst?.(opened('high'))
    tell?.(opened('high'))
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    await other.close()
    await mails.close()
    expect(sent).toHaveLength(2)
  })

  it('is tried again while the server is down, and given up after the fifth time', async () => {
    mails = begun(['root@example.com'])
    failure = new Error('down')
    tell?.(opened('high'))
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await vi.waitFor(() => expect(logLines).toHaveLength(attempt))
      timers.pass(minutes(1))
    }
    expect(logLines[4]).toContain('given up')
    failure = null
    timers.pass(minutes(10))
    await mails.close()
    expect(sent).toEqual([])
  })

  it('is asked for by nobody where nobody is named', () => {
    mails = begun()
    expect(tell).toBeNull()
  })
})
