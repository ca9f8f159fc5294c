import { type Session, unknownDevice } from 'latchkey'
import { describe, expect, it } from 'vitest'
import { sampleAlert } from './alert-fixture.fake.ts'
import { alertMail } from './alert-mail.ts'
import { noticeMail } from './notice-mail.ts'

const session = {
  deviceInfo: { ...unknownDevice, browser: 'Firefox', os: 'Linux', location: 'Oslo, Norway' },
} as Session
const answerUrl = 'https://app.example.com/alert-answer#token=abc'

describe('the mail to a user', () => {
  it('says what, on which device, where and when, and where to answer', () => {
    const { subject, text } = alertMail({ alert: sampleAlert(), session, answerUrl })
    expect(subject).toBe('A new sign-in to your account')
    expect(text).toBe(
      [
        'Somebody signed in to your account. Was this you?',
        '',
        'What was noticed: The first sign-in from Norway.',
        'Device: Firefox on Linux',
        'Place: Oslo, Norway (as far as the network tells)',
        'Time: 2026-11-23 10:00 UTC',
        '',
        'Say whether this was you:',
        answerUrl,
        '',
        'The link is good for 7 days. It opens a page that asks you; opening it changes nothing.',
        'If this was not you, change your password, too. No mail like this ever asks for it.',
      ].join('\n'),
    )
  })

  it.each([
    [{ response: 'end-session' }, 'A session of your account was ended', 'the session was ended'],
    [{ response: 'require-reauthentication' }, 'A new sign-in to your account', 'has to prove again'],
    [{ detector: 'token-reuse' }, 'Unusual activity in your account', 'Something unusual was noticed'],
  ] as const)('says of %o what happened', (change, subject, words) => {
    const mail = alertMail({ alert: sampleAlert(change), session, answerUrl })
    expect(mail.subject).toBe(subject)
    expect(mail.text).toContain(words)
  })

  it('has no place, device or name in its subject', () => {
    for (const response of ['notify', 'require-reauthentication', 'end-session'] as const) {
      const { subject } = alertMail({ alert: sampleAlert({ response }), session, answerUrl })
      expect(subject).not.toMatch(/Norway|Oslo|Firefox|ann/)
    }
  })

  it('does without what is not on record any more', () => {
    const { text, html } = alertMail({ alert: sampleAlert(), session: null, answerUrl: null })
    expect(text).toContain('Device: unknown')
    expect(`${text}${html}`).not.toMatch(/null|undefined|link/)
  })
})

it('the notice to administrators leads to the alert, names nobody, and says when its user said no', () => {
  const alert = sampleAlert({ severity: 'high', answer: 'not-me' })
  const { subject, text, html } = noticeMail(alert, {
    title: 'New country',
    publicUrl: 'https://app.example.com',
  })
  expect(subject).toBe('Latchkey alert (high): New country')
  expect(text).toContain('Its user says that it was not them.')
  expect(text).toContain(`https://app.example.com/admin/alerts?alert=${alert.id}`)
  expect(`${text}${html}`).not.toMatch(/\bann\b/)
})
