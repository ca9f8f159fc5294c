import { describe, expect, it } from 'vitest'
import { fakeMailServer } from './mail-server.fake.ts'
import { createMailer } from './smtp-mailer.ts'
import { testCertificate } from './test-certificate.fake.ts'

const from = { name: 'Latchkey', address: 'no-reply@example.com' }
const mail = {
  to: 'ann@example.com',
  subject: 'A new sign-in',
  text: 'Was this you?',
  html: '<p>Was this you?</p>',
}
const authorities = [testCertificate.cert]
const tls = { key: testCertificate.key, cert: testCertificate.cert }

/** The headers of a mail, unfolded, by name in lower case. */
function headersOf(source: string): Map<string, string[]> {
  const [head = ''] = source.split('\r\n\r\n', 1)
  const headers = new Map<string, string[]>()
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? []
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value])
  }
  return headers
}

describe('a mail', () => {
  it('goes to one person, in plain text and HTML, and says that no person wrote it', async () => {
    await using server = await fakeMailServer()
    const mailer = createMailer({ server: server.place, from })
    await mailer.send(mail)
    const [received] = server.received
    expect(received).toMatchObject({ from: from.address, to: [mail.to], isSecure: false, user: null })
    const headers = headersOf(received?.source ?? '')
    expect(headers.get('subject')).toEqual([mail.subject])
    expect(headers.get('from')).toEqual(['Latchkey <no-reply@example.com>'])
    expect(headers.get('to')).toEqual([mail.to])
    expect(headers.get('auto-submitted')).toEqual(['auto-generated'])
    expect(received?.source).toContain('Content-Type: text/plain')
    expect(received?.source).toContain('Content-Type: text/html')
    expect(mailer.counts).toEqual({ sent: 1, failed: 0 })
    mailer.close()
  })

  it.each([
    ['subject', { subject: 'Hello\r\nBcc: eve@example.net\r\n\r\nbody' }],
    ['recipient', { to: 'ann@example.com;eve@example.net' }],
    ['recipient', { to: '"eve@example.net" <ann@example.com>' }],
    ['recipient', { to: 'ann@example.com\r\nBcc: eve@example.net' }],
    ['recipient', { to: 'ann@example.com>,<eve@example.net' }],
    ['recipient', { to: 'ann@example.com, eve@example.net' }],
  ])('gets no header and no recipient more by what is in its %s', async (_what, change) => {
    await using server = await fakeMailServer()
    const mailer = createMailer({ server: server.place, from })
    await mailer.send({ ...mail, ...change }).catch(() => undefined)
    for (const { to, source } of server.received) {
      expect(to).toHaveLength(1)
      expect(to).not.toContain('eve@example.net')
      const headers = headersOf(source)
      expect(headers.has('bcc')).toBe(false)
      expect(headers.get('subject')).toHaveLength(1)
      expect(headers.get('to')).toHaveLength(1)
    }
    mailer.close()
  })
})

describe('TLS', () => {
  it('is begun where the server is not this machine, before anything is said', async () => {
    await using server = await fakeMailServer(tls, { host: 'localhost', requireTls: true })
    const credentials = { user: 'latchkey', password: 'correct horse' }
    const mailer = createMailer({ server: { ...server.place, credentials }, from, authorities })
    await mailer.send(mail)
    expect(server.received[0]).toMatchObject({ isSecure: true, user: 'latchkey' })
    mailer.close()
  })

  it('is there from the first byte on with smtps', async () => {
    await using server = await fakeMailServer(
      { ...tls, secure: true },
      { host: 'localhost', tlsFromStart: true, requireTls: true },
    )
    const mailer = createMailer({ server: server.place, from, authorities })
    await mailer.send(mail)
    expect(server.received[0]).toMatchObject({ isSecure: true })
    mailer.close()
  })

  it('is refused with a certificate that nobody vouches for, and nothing is sent', async () => {
    await using server = await fakeMailServer(tls, { host: 'localhost', requireTls: true })
    const mailer = createMailer({ server: server.place, from })
    await expect(mailer.send(mail)).rejects.toThrow('the mail server did not take a mail')
    expect(server.received).toEqual([])
    mailer.close()
  })

  it('that a server does not offer stops the mail, and no password is sent in the clear', async () => {
    let asked = 0
    await using server = await fakeMailServer(
      {
        onAuth: (_auth, _session, callback) => {
          asked += 1
          callback(null, { user: 'somebody' })
        },
      },
      { requireTls: true, credentials: { user: 'latchkey', password: 'correct horse' } },
    )
    const mailer = createMailer({ server: server.place, from })
    await expect(mailer.send(mail)).rejects.toThrow('the mail server did not take a mail')
    expect([asked, server.received]).toEqual([0, []])
    mailer.close()
  })
})

describe('a failure', () => {
  it('says which kind, and repeats no address', async () => {
    await using server = await fakeMailServer()
    server.isRefusing = true
    const mailer = createMailer({ server: server.place, from })
    const failure = await mailer.send(mail).then(
      () => null,
      (error: Error) => error,
    )
    expect(failure?.message).toBe('the mail server did not take a mail (EENVELOPE, 550)')
    expect(`${failure?.stack} ${JSON.stringify(failure)}`).not.toContain('ann@example.com')
    expect(mailer.counts).toEqual({ sent: 0, failed: 1 })
    server.isRefusing = false
    await mailer.send(mail)
    expect(server.received).toHaveLength(1)
    mailer.close()
  })

  it('of a server that is not there is one, too', async () => {
    const server = await fakeMailServer()
    await server[Symbol.asyncDispose]()
    const mailer = createMailer({ server: server.place, from })
    await expect(mailer.send(mail)).rejects.toThrow(/did not take a mail \(E[A-Z]+\)/)
    mailer.close()
  })
})
