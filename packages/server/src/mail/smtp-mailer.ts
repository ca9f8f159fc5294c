import { createTransport, type Transporter } from 'nodemailer'
import type { MailSender, SmtpPlace } from '../configuration/mail-formats.ts'

/** One mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What was sent since the start of the process, for metrics. */
export interface MailCounts {
  readonly sent: number
  readonly failed: number
}

/** Sends mails by SMTP. */
export interface Mailer {
  /** Resolves once the server has taken it. Rejects otherwise; no address and no password is in the message. */
  send(mail: Mail): Promise<void>
  readonly counts: MailCounts
  close(): void
}

export interface MailerOptions {
  readonly server: SmtpPlace
  readonly from: MailSender
  /** Besides the authorities that this machine trusts, in PEM. Default: none. */
  readonly authorities?: readonly string[]
}

/** In milliseconds. Longer: a stop of the program waits for a server that says nothing. */
const timeouts = {
  dnsTimeout: 3_000,
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 10_000,
}

export function createMailer({ server, from, authorities }: MailerOptions): Mailer {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.tlsFromStart,
    requireTLS: server.requireTls,
    // To this machine there is nobody to hide it from, and its certificate is seldom one that anybody signed.
    ignoreTLS: !server.requireTls,
    ...(server.credentials && { auth: { user: server.credentials.user, pass: server.credentials.password } }),
    tls: { minVersion: 'TLSv1.2', ...(authorities && { ca: [...authorities] }) },
    // What is in a mail is written here; nothing of it is fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  })
  const counts = { sent: 0, failed: 0 }
  return {
    counts,
    async send(mail) {
      try {
        await sendBy(transport, from, mail)
        counts.sent += 1
      } catch (error) {
        counts.failed += 1
        throw withoutNames(error)
      }
    },
    close: () => transport.close(),
  }
}

/** One address and nothing else: the mail library takes a list apart, and looks for names and angle brackets. */
const oneAddress = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/

async function sendBy(
  transport: Transporter,
  from: MailSender,
  { to, subject, text, html }: Mail,
): Promise<void> {
  if (!oneAddress.test(to)) throw Object.assign(new Error('no address'), { code: 'EADDRESS' })
  await transport.sendMail({
    from: { name: from.name, address: from.address },
    to: { name: '', address: to },
    // Said here as well: whatever a header may be made to say, it goes to this one person.
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    html,
    // RFC 3834: nobody's absence answers it.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  })
}

/** Servers repeat addresses in what they say; logs are to hold none. */
function withoutNames(error: unknown): Error {
  const { code, responseCode } = (error ?? {}) as { readonly code?: unknown; readonly responseCode?: unknown }
  const facts = [code, responseCode].filter((fact) => typeof fact === 'string' || typeof fact === 'number')
  return new Error(`the mail server did not take a mail (${facts.join(', ') || 'no reason known'})`)
}
