import { describe, expect, it } from 'vitest'
import { loadSettings } from './load-settings.ts'
import { readMailSender, readSmtpUrl } from './mail-formats.ts'

const load = (environment: Record<string, string>) =>
  loadSettings({ environment, workingDirectory: '/nonexistent' })
const both = {
  LATCHKEY_SMTP_URL: 'smtps://mail.example.com',
  LATCHKEY_MAIL_FROM: 'Latchkey <no-reply@example.com>',
}

describe('the address of a mail server', () => {
  it.each([
    [
      'smtp://mail.example.com',
      { host: 'mail.example.com', port: 587, tlsFromStart: false, requireTls: true },
    ],
    ['smtps://mail.example.com', { port: 465, tlsFromStart: true, requireTls: true }],
    ['smtp://mail.example.com:2525/', { port: 2525, requireTls: true }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', requireTls: false }],
    ['smtp://[::1]:1025', { host: '::1', requireTls: false }],
    ['smtp://localhost', { requireTls: false }],
    ['smtps://localhost', { requireTls: true }],
    ['smtp://a%40b:p%2Fw@mail.example.com', { credentials: { user: 'a@b', password: 'p/w' } }],
  ])('%s is understood', (url, place) => {
    expect(readSmtpUrl(url)).toMatchObject(place)
  })

  it.each([
    'https://mail.example.com',
    'mail.example.com',
    'smtp://',
    'smtp://user@mail.example.com',
    'smtp://mail.example.com/path',
    'smtp://mail.example.com?tls=no',
    'smtp://a:%zz@mail.example.com',
  ])('%s is refused', (url) => {
    expect(readSmtpUrl(url)).toBeNull()
  })
})

describe('who mails are from', () => {
  it.each([
    ['no-reply@example.com', { name: '', address: 'no-reply@example.com' }],
    ['Latchkey <no-reply@example.com>', { name: 'Latchkey', address: 'no-reply@example.com' }],
  ])('%s is understood', (text, sender) => {
    expect(readMailSender(text)).toEqual(sender)
  })

  it.each([
    'Latchkey',
    'a@example.com, b@example.com',
    'A <a@example.com>\r\nBcc: b@example.com',
    'A\nB <a@example.com>',
    '<>',
  ])('%j is refused', (text) => expect(readMailSender(text)).toBeNull())
})

describe('settings of mail', () => {
  it('are off until both halves are there', async () => {
    expect((await load({})).mail).toBeNull()
    expect((await load(both)).mail).toMatchObject({ server: { port: 465 }, alertsTo: [] })
    for (const name of ['LATCHKEY_SMTP_URL', 'LATCHKEY_MAIL_FROM'] as const) {
      await expect(load({ [name]: both[name] })).rejects.toThrow('only work together')
    }
  })

  it('name those who are told of alerts, who need a mail server', async () => {
    const to = { LATCHKEY_ALERT_MAIL_TO: 'root@example.com, soc@example.com' }
    expect((await load({ ...both, ...to })).mail?.alertsTo).toEqual(['root@example.com', 'soc@example.com'])
    await expect(load(to)).rejects.toThrow('LATCHKEY_ALERT_MAIL_TO needs LATCHKEY_SMTP_URL')
    await expect(load({ ...both, LATCHKEY_ALERT_MAIL_TO: 'nobody' })).rejects.toThrow('no e-mail address')
  })

  it('show no password, and no message quotes one', async () => {
    const url = 'smtps://latchkey:hunter2@mail.example.com'
    const { origins } = await load({ ...both, LATCHKEY_SMTP_URL: url })
    expect(origins.find(({ name }) => name === 'smtpUrl')?.shown).toBe('(set)')
    const refused = load({ ...both, LATCHKEY_SMTP_URL: `${url}/path` })
    await expect(refused).rejects.toThrow(/^LATCHKEY_SMTP_URL must be smtp:/)
    await expect(refused).rejects.not.toThrow('hunter2')
  })
})
